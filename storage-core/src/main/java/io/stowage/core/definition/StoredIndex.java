package io.stowage.core.definition;

import io.stowage.api.StoreDefinition.IndexDefinition;

/** An index of a store and its state. */
public record StoredIndex(IndexDefinition index, IndexState state) {}
