"""The index of adapters: built from folders and repos, written as JSON and as a page, searched by language."""
