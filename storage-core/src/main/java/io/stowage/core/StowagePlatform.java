package io.stowage.core;

import io.stowage.api.Document;
import io.stowage.api.IndexKind;
import io.stowage.api.ItemType;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreDefinition;
import io.stowage.api.StoreDefinitionException;
import io.stowage.api.StoreOptions;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.protocol.CleanUp;
import io.stowage.core.protocol.ReadRepair;
import io.stowage.core.protocol.VersionClock;
import io.stowage.core.protocol.WriteProtocol;
import io.stowage.core.query.QueryEngine;
import io.stowage.core.store.DefinitionText;
import io.stowage.core.store.IndexedStorage;
import io.stowage.core.store.ItemReader;
import io.stowage.core.store.ItemWriter;
import io.stowage.core.store.Operations;
import io.stowage.core.ttl.TtlPolicies;
import io.stowage.spi.SerializationPort;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import io.stowage.spi.TtlPolicy;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/** The {@link StoragePlatform} over one adapter and one codec. */
public final class StowagePlatform implements StoragePlatform {

  private final StorageAdapter adapter;
  private final SerializationPort codec;
  private final VersionClock clock;
  private final CleanUp cleanUp;
  private final ExecutorService executor;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private StowagePlatform(StorageAdapter adapter, SerializationPort codec, InstantSource time) {
    this.adapter = adapter;
    this.codec = codec;
    this.clock = new VersionClock(time, () -> ThreadLocalRandom.current().nextInt(1 << 12));
    this.cleanUp = new CleanUp("stowage-clean-up-" + adapter.name());
    this.executor = AsyncExecutors.create();
  }

  /** A platform over an adapter that is connected already; it closes the adapter when it closes. */
  public static StowagePlatform over(StorageAdapter adapter, SerializationPort codec) {
    return over(adapter, codec, InstantSource.system());
  }

  /** A platform whose versions follow the given time. */
  public static StowagePlatform over(
      StorageAdapter adapter, SerializationPort codec, InstantSource time) {
    return new StowagePlatform(adapter, codec, time);
  }

  @Override
  public <T> Storage<T> store(ItemType<T> type) {
    return store(type, StoreOptions.defaults());
  }

  @Override
  public <T> Storage<T> store(ItemType<T> type, StoreOptions options) {
    TtlPolicy ttl = TtlPolicies.of(options.ttl());
    Operations operations = operations(type.store());
    ItemMapper<T> mapper = new ItemMapper<>(type, codec);
    StorePorts ports = operations.read("open", () -> adapter.store(type.store()));
    operations.write("open", () -> define(ports, mapper.definition(), operations));
    clock.synchronize(operations.read("open", () -> ports.records().serverMicros()));
    WriteProtocol<T> protocol =
        new WriteProtocol<>(ports, clock, cleanUp, mapper, options.batchSize());
    ItemReader<T> reader = new ItemReader<>(ports.records(), mapper, ttl, options.batchSize());
    ReadRepair repair = new ReadRepair(ports, clock, cleanUp, options.gracePeriod());
    return new IndexedStorage<>(
        type.store(),
        operations,
        ports.records(),
        new ItemWriter<>(mapper, protocol, clock, ttl, options),
        reader,
        new QueryEngine<>(ports, mapper, reader::decode, clock, repair, options),
        options,
        executor);
  }

  private static StoreDefinition define(
      StorePorts ports, StoreDefinition requested, Operations operations) {
    String stored = ports.records().define(DefinitionText.write(requested));
    StoreDefinition definition = DefinitionText.read(stored);
    List<String> differences = definition.differences(requested);
    if (!differences.isEmpty()) {
      throw new StoreDefinitionException(differences, operations.context("open"));
    }
    return definition;
  }

  @Override
  public Storage<Document> documents(String store) {
    return documents(store, StoreOptions.defaults());
  }

  @Override
  public Storage<Document> documents(String store, StoreOptions options) {
    ItemType.DocumentBuilder type = ItemType.documents(store);
    StoreDefinition stored = definition(store).orElse(null);
    if (stored == null) {
      type.index("session_id", "thread_id", "type");
    } else {
      stored.indexes().forEach(index -> declare(type, index));
      stored.order().ifPresent(type::orderedBy);
    }
    return store(type.build(), options);
  }

  private static void declare(
      ItemType.DocumentBuilder type, StoreDefinition.IndexDefinition index) {
    if (index.kind() == IndexKind.EXACT) {
      type.index(index.name());
    } else {
      type.range(index.name());
    }
  }

  @Override
  public Optional<StoreDefinition> definition(String store) {
    String name = ItemType.documents(store).build().store();
    return operations(name)
        .read(
            "definition",
            () -> adapter.store(name).records().definition().map(DefinitionText::read));
  }

  @Override
  public String adapter() {
    return adapter.name();
  }

  private Operations operations(String store) {
    return new Operations(store, adapter.name(), isClosed::get);
  }

  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      executor.shutdown();
      cleanUp.close();
      adapter.close();
    }
  }
}
