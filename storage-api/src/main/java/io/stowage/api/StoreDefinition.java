package io.stowage.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a store's data was written with: it is kept beside the data, and compared when the store is
 * opened again.
 *
 * @param codec the name of the codec
 * @param indexes the indexes in the order of their declaration
 * @param orderField the name of the order field, or null if items are ordered by the time of their
 *     save
 */
public record StoreDefinition(
    String codec, List<IndexDefinition> indexes, @Nullable String orderField) {

  /** An index by its name and kind. */
  public record IndexDefinition(String name, IndexKind kind) {
    @Override
    public String toString() {
      return kind.label() + " index '" + name + "'";
    }
  }

  public StoreDefinition {
    indexes = List.copyOf(indexes);
  }

  /** The name of the order field; empty if items are ordered by the time of their save. */
  public Optional<String> order() {
    return Optional.ofNullable(orderField);
  }

  /** What a requested definition has otherwise than this stored one; empty if nothing. */
  public List<String> differences(StoreDefinition requested) {
    List<String> differences = new ArrayList<>();
    if (!codec.equals(requested.codec)) {
      differences.add("stored codec is '" + codec + "', requested '" + requested.codec + "'");
    }
    if (!order().equals(requested.order())) {
      differences.add(
          "stored order is by "
              + order().orElse("time of save")
              + ", requested by "
              + requested.order().orElse("time of save"));
    }
    for (IndexDefinition index : indexes) {
      if (!requested.indexes.contains(index)) {
        differences.add("stored " + index + " is not requested");
      }
    }
    for (IndexDefinition index : requested.indexes) {
      if (!indexes.contains(index)) {
        differences.add("requested " + index + " is not stored");
      }
    }
    return List.copyOf(differences);
  }
}
