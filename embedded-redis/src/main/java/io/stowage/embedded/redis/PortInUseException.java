package io.stowage.embedded.redis;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The server could not bind its port, because something else listens there. */
final class PortInUseException extends EmbeddedRedisException {

  @Serial private static final long serialVersionUID = 1L;

  PortInUseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
