package io.stowage.cli.command;

import io.stowage.api.Document;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreDefinition;
import io.stowage.api.StoreOptions;
import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import io.stowage.cli.terminal.ErrorLine;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An open platform and, if the data is in the current directory, the Redis that serves it. */
public final class Backend implements AutoCloseable {

  /** A command ends before a background sweep would come. */
  private static final StoreOptions OPTIONS =
      StoreOptions.builder().sweepEvery(Duration.ZERO).build();

  private final StoragePlatform platform;
  private final @Nullable LocalRedis local;

  private Backend(StoragePlatform platform, @Nullable LocalRedis local) {
    this.platform = platform;
    this.local = local;
  }

  /**
   * Connects to the backend that the options mean, and starts it if it is a local one.
   *
   * @throws CommandFailure if the options make no sense or a local Redis does not start
   * @throws io.stowage.api.StorageException if the backend cannot be reached
   */
  public static Backend open(BackendOptions options, Environment environment) {
    Optional<String> uri = options.uri(environment);
    if (uri.isPresent()) {
      return new Backend(connect(uri.get(), options, environment), null);
    }
    LocalRedis local = LocalRedis.start(environment);
    try {
      return new Backend(connect(local.uri(), options, environment), local);
    } catch (RuntimeException e) {
      local.close();
      throw e;
    }
  }

  private static StoragePlatform connect(
      String uri, BackendOptions options, Environment environment) {
    try {
      return options.platform(uri, environment).open();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw CommandFailure.wrongUsage(ErrorLine.of(e), e);
    }
  }

  public StoragePlatform platform() {
    return platform;
  }

  /**
   * A store that exists.
   *
   * @throws CommandFailure if there is no store of this name
   */
  Storage<Document> existing(String store) {
    definition(store);
    return platform.documents(store, OPTIONS);
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
