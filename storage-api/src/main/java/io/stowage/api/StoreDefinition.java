package io.stowage.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a store's data was written with: it is kept beside the data, and compared when the store is
 * opened again.
 *
 * @param codec the name of the codec that wrote the first item; others may have followed
 * @param indexes the indexes by which queries find items, in the order of their declaration
 * @param orderField the name of the order field, or null if items are ordered by the time of their
 *     save
 * @param building indexes that a reindex is building: they are written, and not read before they
 *     are complete
 * @param dropping indexes that a reindex is dropping: they are still written, and no longer read
 * @param schemaVersion the schema version of items of which the entries in the indexes are; queries
 *     of programs whose items have another one do not use the indexes
 */
public record StoreDefinition(
    String codec,
    List<IndexDefinition> indexes,
    @Nullable String orderField,
    List<IndexDefinition> building,
    List<IndexDefinition> dropping,
    int schemaVersion) {

  /** An index by its name and kind. */
  public record IndexDefinition(String name, IndexKind kind) {
    @Override
    public String toString() {
      return kind.label() + " index '" + name + "'";
    }
  }

  public StoreDefinition {
    indexes = List.copyOf(indexes);
    building = List.copyOf(building);
    dropping = List.copyOf(dropping);
  }

  /** The definition of a store of items that have had one shape only. */
  public StoreDefinition(
      String codec,
      List<IndexDefinition> indexes,
      @Nullable String orderField,
      List<IndexDefinition> building,
      List<IndexDefinition> dropping) {
    this(codec, indexes, orderField, building, dropping, 1);
  }

  /**
   * The definition of a store whose indexes are not being changed, of items that have had one shape
   * only.
   */
  public StoreDefinition(String codec, List<IndexDefinition> indexes, @Nullable String orderField) {
    this(codec, indexes, orderField, List.of(), List.of());
  }

  /** The name of the order field; empty if items are ordered by the time of their save. */
  public Optional<String> order() {
    return Optional.ofNullable(orderField);
  }

  /** Whether a reindex is changing the indexes, or was interrupted while it did. */
  public boolean isChanging() {
    return !building.isEmpty() || !dropping.isEmpty();
  }

  /**
   * What a requested definition has otherwise than this stored one; empty if nothing. Codecs may
   * differ, since each item names the one that wrote it, and so may schema versions. While a
   * reindex is under way, programs that know its old indexes and programs that know its new ones
   * both fit: an index that is being built or dropped may be requested or not, and so may one in
   * whose place another one of its name is being built.
   */
  public List<String> differences(StoreDefinition requested) {
    List<String> differences = new ArrayList<>();
    if (!order().equals(requested.order())) {
      differences.add(
          "stored order is by "
              + order().orElse("time of save")
              + ", requested by "
              + requested.order().orElse("time of save"));
    }
    for (IndexDefinition index : indexes) {
      if (!requested.indexes.contains(index) && !isReplacedIn(requested, index)) {
        differences.add("stored " + index + " is not requested");
      }
    }
    for (IndexDefinition index : requested.indexes) {
      boolean isStored =
          Stream.of(indexes, building, dropping).anyMatch(stored -> stored.contains(index));
      if (!isStored) {
        differences.add("requested " + index + " is not stored");
      }
    }
    return List.copyOf(differences);
  }

  private boolean isReplacedIn(StoreDefinition requested, IndexDefinition index) {
    return building.stream()
        .anyMatch(other -> other.name().equals(index.name()) && requested.indexes.contains(other));
  }
}
