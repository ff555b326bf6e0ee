package io.stowage.cli.upkeep;

import io.stowage.api.IndexKind;
import io.stowage.api.StoreDefinition;
import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.cli.terminal.CommandFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that say how the indexes of a store are to change, and what they mean together. */
final class IndexOptions {

  @Option(
      names = "--index",
      split = ",",
      paramLabel = "FIELD",
      description =
          "Fields to find items by from now on: a comma between, a dotted path for a nested field.")
  private List<String> exact = new ArrayList<>();

  @Option(
      names = "--range",
      split = ",",
      paramLabel = "FIELD",
      description = "Fields, numbers or moments, to find items by range from now on.")
  private List<String> ranges = new ArrayList<>();

  @Option(
      names = "--blind",
      split = ",",
      paramLabel = "FIELD",
      description =
          "Fields to find items by from now on, of which the index keeps only a keyed hash; needs"
              + " keys.")
  private List<String> blind = new ArrayList<>();

  @Option(
      names = "--drop",
      split = ",",
      paramLabel = "FIELD",
      description = "Fields whose index is no longer needed.")
  private List<String> dropped = new ArrayList<>();

  IndexOptions() {}

  /**
   * Checks what can be checked without the store.
   *
   * @throws CommandFailure if nothing is to change, or a field is named twice
   */
  void check() {
    List<String> all = new ArrayList<>(exact);
    all.addAll(ranges);
    all.addAll(blind);
    all.addAll(dropped);
    if (all.isEmpty()) {
      throw CommandFailure.wrongUsage(
          "nothing is to change; give --index, --range, --blind or --drop");
    }
    for (String field : all) {
      if (all.indexOf(field) != all.lastIndexOf(field)) {
        throw CommandFailure.wrongUsage("field '" + field + "' is named twice");
      }
    }
  }

  /**
   * A store's definition after the change. A field that has an index of the other kind gets the
   * named one instead. What an interrupted change was about is part of this one.
   *
   * @throws CommandFailure if an index to add is there already, or one to drop is not
   */
  StoreDefinition changed(String store, StoreDefinition stored) {
    Map<String, IndexDefinition> indexes = new LinkedHashMap<>();
    stored.indexes().forEach(index -> indexes.put(index.name(), index));
    stored.building().forEach(index -> indexes.put(index.name(), index));
    for (String field : dropped) {
      boolean isDropping = stored.dropping().stream().anyMatch(i -> i.name().equals(field));
      if (indexes.remove(field) == null && !isDropping) {
        throw CommandFailure.failed("store '" + store + "' has no index '" + field + "' to drop");
      }
    }
    Stream.of(
            definitions(exact, IndexKind.EXACT),
            definitions(ranges, IndexKind.RANGE),
            definitions(blind, IndexKind.BLIND))
        .flatMap(List::stream)
        .forEach(
            index -> {
              boolean isThere = index.equals(indexes.put(index.name(), index));
              if (isThere && !stored.building().contains(index)) {
                throw CommandFailure.failed("store '" + store + "' has the " + index + " already");
              }
            });
    return new StoreDefinition(stored.codec(), List.copyOf(indexes.values()), stored.orderField());
  }

  private static List<IndexDefinition> definitions(List<String> fields, IndexKind kind) {
    return fields.stream().map(field -> new IndexDefinition(field, kind)).toList();
  }
}
