package io.stowage.cli.load;

import io.stowage.api.Document;
import io.stowage.cli.command.DocumentJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads documents from lines; lines that are no documents are dealt with as they are met. */
final class DocumentReader {

  private final LineReader lines;
  private final BadLines badLines;

  DocumentReader(LineReader lines, BadLines badLines) {
    this.lines = lines;
    this.badLines = badLines;
  }

  /**
   * Adds the next documents to a batch, at most so many.
   *
   * @throws BadLineException if a bad line stops the import; the batch then holds what is before it
   */
  void read(List<NumberedDocument> batch, int documents) throws IOException {
    while (batch.size() < documents) {
      LineReader.Line line = lines.next();
      if (line == null) {
        return;
      }
      if (!line.isBlank()) {
        readInto(batch, line);
      }
    }
  }

  private void readInto(List<NumberedDocument> batch, LineReader.Line line) {
    try {
      batch.add(new NumberedDocument(line.number(), parse(line)));
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

  /** An empty batch. */
  static List<NumberedDocument> newBatch(int documents) {
    return new ArrayList<>(documents);
  }
}
