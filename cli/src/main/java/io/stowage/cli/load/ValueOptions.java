package io.stowage.cli.load;

import io.stowage.api.Compression;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.cli.command.CompressionConverter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say in which form items are stored. */
final class ValueOptions {

  @Option(
      names = "--codec",
      paramLabel = "NAME",
      description = "How items are encoded: json (default), msgpack or kryo.")
  private @Nullable String codec;

  @Option(
      names = "--compression",
      paramLabel = "NAME[:LEVEL]",
      converter = CompressionConverter.class,
      description =
          "How items are compressed: none (default), gzip, zstd or lz4; gzip:1 to gzip:9, zstd:1 to"
              + " zstd:19. zstd uses the store's dictionary if one was trained.")
  private @Nullable Compression compression;

  ValueOptions() {}

  StoragePlatform.Builder applyTo(StoragePlatform.Builder platform) {
    return codec == null ? platform : platform.codec(codec);
  }

  StoreOptions.Builder applyTo(StoreOptions.Builder options) {
    return compression == null ? options : options.compression(compression);
  }
}
