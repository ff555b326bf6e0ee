package io.stowage.core.query;

import io.stowage.api.Versioned;
import io.stowage.core.item.Place;

/**
 * An item that matches a query.
 *
 * @param place its place in the order of the store
 * @param item the item
 * @param <T> the type of the item
 */
public record Match<T>(Place place, T item) {

  public String id() {
    return place.id();
  }

  public Versioned<T> versioned() {
    return new Versioned<>(place.id(), place.version(), item);
  }
}
