package io.stowage.core.query;

import io.stowage.core.item.ItemImage;
import io.stowage.spi.StoredRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the records that a query meets.
 *
 * @param <T> the type of the items
 */
@FunctionalInterface
public interface RecordDecoder<T> {

  /**
   * The item in a record; null if the record is to be passed over.
   *
   * @throws RuntimeException one that names the item, if the query is to fail
   */
  @Nullable ItemImage<T> decode(String id, StoredRecord record);
}
