package io.stowage.api;

import java.nio.charset.StandardCharsets;

/**
 * The key set in a variable of the environment.
 *
 * @param variable its name
 */
record EnvironmentKeys(String variable) implements KeyProvider {

  @Override
  public byte[] keySet() {
    String value = System.getenv(variable);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(
          "environment variable '" + variable + "' is not set; expected is a key set");
    }
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
