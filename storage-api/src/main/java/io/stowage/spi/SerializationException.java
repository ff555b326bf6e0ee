package io.stowage.spi;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An item cannot be encoded, or bytes cannot be decoded. */
public final class SerializationException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public SerializationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
