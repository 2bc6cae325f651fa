"""The preview: what a build would publish, in the browser, and again after each change."""
