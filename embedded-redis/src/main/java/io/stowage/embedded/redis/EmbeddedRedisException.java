package io.stowage.embedded.redis;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * No server could be found, started or signalled. The message says what was tried, what the server
 * logged last and what to do about it.
 */
public class EmbeddedRedisException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  EmbeddedRedisException(String message) {
    super(message);
  }

  EmbeddedRedisException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
