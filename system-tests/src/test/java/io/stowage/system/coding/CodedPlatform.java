package io.stowage.system.coding;

import io.stowage.api.Compression;
import io.stowage.api.Document;
import io.stowage.api.IndexKind;
import io.stowage.api.ItemType;
import io.stowage.api.Maintenance;
import io.stowage.api.ServerReport;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreDefinition;
import io.stowage.api.StoreOptions;
import io.stowage.core.StowagePlatform;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A platform whose stores compress and encrypt in one way wherever the caller's options do not say
 * otherwise. A store's dictionary, if it shall have one, is there before its first item.
 */
final class CodedPlatform implements StoragePlatform {

  private final StorageAdapter adapter;
  private final StoragePlatform platform;
  private final Coding coding;
  private final Set<String> prepared = ConcurrentHashMap.newKeySet();

  CodedPlatform(StorageAdapter adapter, Coding coding) {
    this.adapter = adapter;
    this.platform = StowagePlatform.over(adapter, coding.codec());
    this.coding = coding;
  }

  /** A type with a blind index keeps what it was given: the caller says whether there are keys. */
  private StoreOptions coded(ItemType<?> type, StoreOptions options) {
    boolean isBlind = type.indexes().stream().anyMatch(i -> i.kind() == IndexKind.BLIND);
    return isBlind ? options : coded(options);
  }

  private StoreOptions coded(StoreOptions options) {
    StoreOptions.Builder coded = options.toBuilder();
    if (options.compression().algorithm() == Compression.Algorithm.NONE) {
      coded.compression(coding.compression());
    }
    coding.keys().filter(keys -> options.encryption().isEmpty()).ifPresent(coded::encryption);
    return coded.build();
  }

  /** Opens the store once, so that it has a definition, and names a dictionary in that. */
  private void prepare(String store, Runnable open) {
    byte[] dictionary = coding.dictionary().orElse(null);
    if (dictionary == null || !prepared.add(store)) {
      return;
    }
    open.run();
    StorePorts ports = adapter.store(store);
    byte[] blob = new byte[dictionary.length + 1];
    System.arraycopy(dictionary, 0, blob, 1, dictionary.length);
    if (ports.blobs().add("dictionary-1", blob)) {
      String text = ports.records().definition().orElseThrow();
      if (!ports.records().redefine(text, text + "dictionary 1\n")) {
        throw new IllegalStateException("definition of '" + store + "' was changed meanwhile");
      }
    }
  }

  @Override
  public <T> Storage<T> store(ItemType<T> type) {
    return store(type, StoreOptions.defaults());
  }

  @Override
  public <T> Storage<T> store(ItemType<T> type, StoreOptions options) {
    StoreOptions coded = coded(type, options);
    StoreOptions once = coded.toBuilder().sweepEvery(Duration.ZERO).build();
    prepare(type.store(), () -> platform.store(type, once));
    return platform.store(type, coded);
  }

  @Override
  public Storage<Document> documents(String store) {
    return documents(store, StoreOptions.defaults());
  }

  @Override
  public Storage<Document> documents(String store, StoreOptions options) {
    prepare(store, () -> platform.documents(store, coded(options)));
    return platform.documents(store, coded(options));
  }

  @Override
  public Optional<StoreDefinition> definition(String store) {
    return platform.definition(store);
  }

  @Override
  public <T> Maintenance maintenance(ItemType<T> type, StoreOptions options) {
    return platform.maintenance(type, coded(type, options));
  }

  @Override
  public Optional<ServerReport> servers() {
    return platform.servers();
  }

  @Override
  public String adapter() {
    return platform.adapter();
  }

  @Override
  public void close() {
    platform.close();
  }

  @Override
  public void close(Duration timeout) {
    platform.close(timeout);
  }
}
