package io.stowage.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is stored of one item.
 *
 * @param id the item's id
 * @param version the record's version
 * @param storedBytes the size of what is stored, without the adapter's own header
 * @param encodedBytes the size of what the codec wrote; empty if that cannot be told
 * @param codec the name of the codec that wrote it
 * @param compression the algorithm that compressed it
 * @param dictionary the number of the compression dictionary, if one was used
 * @param keyId the id of the key under which it is encrypted, if it is
 * @param schemaVersion the shape that the item had when it was written
 * @param timeToLive how long it will live
 * @param entries where it should be in the indexes; empty if it cannot be decoded
 * @param damage why it cannot be decoded, if it cannot
 */
public record ItemReport(
    String id,
    Version version,
    int storedBytes,
    OptionalInt encodedBytes,
    String codec,
    Compression.Algorithm compression,
    OptionalInt dictionary,
    OptionalLong keyId,
    int schemaVersion,
    TimeToLive timeToLive,
    List<Entry> entries,
    Optional<String> damage) {

  /**
   * A place of the item in an index.
   *
   * @param index the index's name
   * @param kind the index's kind
   * @param value the value in the index, as it is stored; empty for a range index
   * @param score the place in the index's order
   * @param isPresent whether the index has this entry
   */
  public record Entry(
      String index, IndexKind kind, String value, double score, boolean isPresent) {}

  public ItemReport {
    entries = List.copyOf(entries);
  }
}
