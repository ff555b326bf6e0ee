package io.stowage.api;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The stored bytes of an item cannot be read as an item. Other items are not affected. */
public final class ItemCorruptedException extends StorageException {

  @Serial private static final long serialVersionUID = 1L;

  private final String id;

  public ItemCorruptedException(
      String id, String reason, Context context, @Nullable Throwable cause) {
    super("item '" + id + "' cannot be decoded: " + reason, context, cause);
    this.id = id;
  }

  /** The id of the item. */
  public String id() {
    return id;
  }
}
