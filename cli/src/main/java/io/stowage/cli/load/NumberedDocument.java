package io.stowage.cli.load;

import io.stowage.api.Document;

/** A document and the number of the line it came from. */
record NumberedDocument(long line, Document document) {}
