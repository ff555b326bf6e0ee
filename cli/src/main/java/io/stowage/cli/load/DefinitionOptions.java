package io.stowage.cli.load;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that define the store, and what they mean together. */
final class DefinitionOptions {

  private static final List<String> USUAL_INDEXES = List.of("session_id", "thread_id", "type");

  @Option(
      names = "--index",
      split = ",",
      paramLabel = "FIELD",
      description =
          "The fields to find items by: a comma between, a dotted path for a nested field. By"
              + " default as the store is defined, or session_id,thread_id,type for a new one.")
  private @Nullable List<String> indexes;

  @Option(
      names = "--range",
      split = ",",
      paramLabel = "FIELD",
      description = "The fields, numbers or moments, to find items by range.")
  private @Nullable List<String> ranges;

  @Option(
      names = "--blind",
      split = ",",
      paramLabel = "FIELD",
      description =
          "The fields to find items by of which the index keeps only a keyed hash; needs keys.")
  private @Nullable List<String> blind;

  @Option(
      names = "--order",
      paramLabel = "FIELD",
      description =
          "The field, a number or a moment, that orders the items; by default the time of the save.")
  private @Nullable String order;

  DefinitionOptions() {}

  /**
   * Opens the store.
   *
   * @throws io.stowage.api.StoreDefinitionException if it exists and is defined otherwise
   */
  Storage<Document> open(StoragePlatform platform, String store, StoreOptions options) {
    if (indexes == null && ranges == null && blind == null && order == null) {
      return platform.documents(store, options);
    }
    return platform.store(type(store), options);
  }

  private ItemType<Document> type(String store) {
    List<String> exact = indexes == null ? usualIndexes() : indexes;
    ItemType.DocumentBuilder type = ItemType.documents(store).index(exact.toArray(String[]::new));
    if (ranges != null) {
      type.range(ranges.toArray(String[]::new));
    }
    if (blind != null) {
      type.blindIndex(blind.toArray(String[]::new));
    }
    if (order != null) {
      type.orderedBy(order);
    }
    return type.build();
  }

  private List<String> usualIndexes() {
    List<String> hidden = blind == null ? List.of() : blind;
    return USUAL_INDEXES.stream().filter(field -> !hidden.contains(field)).toList();
  }

  /**
   * Checks the options before anything is read or connected.
   *
   * @throws IllegalArgumentException if they cannot define a store
   */
  void check(String store) {
    type(store);
  }
}
