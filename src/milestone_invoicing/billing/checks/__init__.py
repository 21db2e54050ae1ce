"""What may be wrong with documents: rules as data, and findings; nothing is raised or mended."""
