package io.stowage.api;

import org.jspecify.annotations.Nullable;

/**
 * A user and a password; neither is shown by {@link #toString()}.
 *
 * @param user the user; null for the default user
 * @param password the password
 */
public record Credentials(@Nullable String user, String password) {

  @Override
  public String toString() {
    return "Credentials[***]";
  }
}
