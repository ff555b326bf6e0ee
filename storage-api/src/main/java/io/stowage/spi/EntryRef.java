package io.stowage.spi;

import io.stowage.api.CodePointOrder;
import io.stowage.api.Version;

/**
 * What an index entry says: this item, in this version, at this score.
 *
 * <p>Entries order by score, then by the UTF-8 bytes of the id, then by version.
 */
public record EntryRef(String id, Version version, double score) implements Comparable<EntryRef> {

  public EntryRef {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException(
          "score of '" + id + "' is NaN; allowed is any other double");
    }
    score += 0.0d; // makes -0.0 the same as 0.0
  }

  @Override
  public int compareTo(EntryRef other) {
    int byScore = Double.compare(score, other.score);
    if (byScore != 0) {
      return byScore;
    }
    int byId = CodePointOrder.compare(id, other.id);
    return byId != 0 ? byId : version.compareTo(other.version);
  }
}
