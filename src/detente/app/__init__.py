"""What a user touches: command line, HTTP, pages."""
