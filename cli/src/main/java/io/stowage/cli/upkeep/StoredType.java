package io.stowage.cli.upkeep;

import io.stowage.api.Document;
import io.stowage.api.IndexKind;
import io.stowage.api.ItemType;
import io.stowage.api.StoreDefinition;
import io.stowage.api.StoreDefinition.IndexDefinition;
import java.util.List;

/** The documents of a store as its definition describes them. */
final class StoredType {

  private StoredType() {}

  static ItemType<Document> of(String store, StoreDefinition definition) {
    ItemType.DocumentBuilder type =
        ItemType.documents(store)
            .index(names(definition.indexes(), IndexKind.EXACT))
            .range(names(definition.indexes(), IndexKind.RANGE))
            .blindIndex(names(definition.indexes(), IndexKind.BLIND));
    definition.order().ifPresent(type::orderedBy);
    return type.build();
  }

  private static String[] names(List<IndexDefinition> indexes, IndexKind kind) {
    return indexes.stream()
        .filter(index -> index.kind() == kind)
        .map(IndexDefinition::name)
        .toArray(String[]::new);
  }
}
