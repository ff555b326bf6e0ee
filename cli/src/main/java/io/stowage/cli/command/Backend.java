package io.stowage.cli.command;

import io.stowage.api.Document;
import io.stowage.api.KeyProvider;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreDefinition;
import io.stowage.api.StoreOptions;
import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ErrorLine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An open platform and, if the data is in the current directory, the Redis that serves it. */
public final class Backend implements AutoCloseable {

  private final StoragePlatform platform;
  private final @Nullable LocalRedis local;
  private final Optional<KeyProvider> keys;

  private Backend(
      StoragePlatform platform, @Nullable LocalRedis local, Optional<KeyProvider> keys) {
    this.platform = platform;
    this.local = local;
    this.keys = keys;
  }

  /**
   * Connects to the backend that the options mean, and starts it if it is a local one.
   *
   * @throws CommandFailure if the options make no sense or a local Redis does not start
   * @throws io.stowage.api.StorageException if the backend cannot be reached
   */
  public static Backend open(BackendOptions options, Environment environment) {
    return open(options, environment, UnaryOperator.identity());
  }

  /**
   * As {@link #open(BackendOptions, Environment)}.
   *
   * @param more further settings of the platform
   */
  public static Backend open(
      BackendOptions options,
      Environment environment,
      UnaryOperator<StoragePlatform.Builder> more) {
    Optional<KeyProvider> keys = options.keys(environment);
    Optional<String> uri = options.uri(environment);
    if (uri.isPresent()) {
      return new Backend(connect(uri.get(), options, environment, more), null, keys);
    }
    LocalRedis local = LocalRedis.start(environment);
    try {
      return new Backend(connect(local.uri(), options, environment, more), local, keys);
    } catch (RuntimeException e) {
      local.close();
      throw e;
    }
  }

  private static StoragePlatform connect(
      String uri,
      BackendOptions options,
      Environment environment,
      UnaryOperator<StoragePlatform.Builder> more) {
    try {
      return more.apply(options.platform(uri, environment)).open();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw CommandFailure.wrongUsage(ErrorLine.of(e), e);
    }
  }

  public StoragePlatform platform() {
    return platform;
  }

  /** Options for a store: with the given keys, and without sweeps, since a command ends before. */
  public StoreOptions.Builder storeOptions() {
    StoreOptions.Builder options = StoreOptions.builder().sweepEvery(Duration.ZERO);
    keys.ifPresent(options::encryption);
    return options;
  }

  /** Whether keys are given. */
  public boolean hasKeys() {
    return keys.isPresent();
  }

  /**
   * A store that exists.
   *
   * @throws CommandFailure if there is no store of this name
   */
  Storage<Document> existing(String store) {
    definition(store);
    return platform.documents(store, storeOptions().build());
  }

  /**
   * The definition of a store that exists.
   *
   * @throws CommandFailure if there is no store of this name
   */
  public StoreDefinition definition(String store) {
    return platform
        .definition(store)
        .orElseThrow(
            () ->
                CommandFailure.failed(
                    "there is no store '" + store + "'; 'stowage import' makes one"));
  }

  @Override
  public void close() {
    try {
      platform.close();
    } finally {
      if (local != null) {
        local.close();
      }
    }
  }
}
