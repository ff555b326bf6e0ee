package io.stowage.core.query;

import io.stowage.core.item.ItemImage;
import io.stowage.spi.StoredRecord;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the records that a query meets.
 *
 * @param <T> the type of the items
 */
@FunctionalInterface
public interface RecordDecoder<T> {

  /**
   * What a test makes of the item in a record; null if it makes nothing of it, or the record is to
   * be passed over.
   *
   * @throws RuntimeException one that names the item, if it or a field that the test needs cannot
   *     be decoded and the query is to fail
   */
  @Nullable Match<T> match(
      String id, StoredRecord record, Function<? super ItemImage<T>, @Nullable Match<T>> test);
}
