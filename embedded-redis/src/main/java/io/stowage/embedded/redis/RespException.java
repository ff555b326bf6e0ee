package io.stowage.embedded.redis;

import java.io.IOException;
import java.io.Serial;

/** A server answered a command with an error. The message is the reply, without its minus sign. */
public final class RespException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  RespException(String message) {
    super(message);
  }
}
