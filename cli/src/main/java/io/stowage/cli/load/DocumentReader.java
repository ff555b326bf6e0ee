package io.stowage.cli.load;

import io.stowage.api.Document;
import io.stowage.cli.command.DocumentJson;
import java.io.IOException;

/** Reads documents from lines; lines that are no documents are dealt with as they are met. */
final class DocumentReader {

  private final LineReader lines;
  private final BadLines badLines;

  DocumentReader(LineReader lines, BadLines badLines) {
    this.lines = lines;
    this.badLines = badLines;
  }

  /**
   * Adds the next documents to a batch until it is full.
   *
   * @return whether more may follow
   * @throws BadLineException if a bad line stops the import; the batch then holds what is before it
   */
  boolean read(Batch batch) throws IOException {
    while (!batch.isFull()) {
      LineReader.Line line = lines.next();
      if (line == null) {
        return false;
      }
      if (!line.isBlank()) {
        readInto(batch, line);
      }
    }
    return true;
  }

  private void readInto(Batch batch, LineReader.Line line) {
    try {
      batch.add(new NumberedDocument(line.number(), parse(line)), line.bytes().length);
    } catch (IllegalArgumentException e) {
      badLines.meet(line.number(), e);
    }
  }

  private static Document parse(LineReader.Line line) {
    if (line.isTooLong()) {
      throw new IllegalArgumentException(
          "longer than " + LineReader.MAX_BYTES + " bytes, the most that is allowed");
    }
    return DocumentJson.read(line.bytes());
  }
}
