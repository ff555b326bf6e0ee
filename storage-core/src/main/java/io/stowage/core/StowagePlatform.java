package io.stowage.core;

import io.stowage.api.Document;
import io.stowage.api.IndexKind;
import io.stowage.api.ItemType;
import io.stowage.api.Maintenance;
import io.stowage.api.MaintenanceListener;
import io.stowage.api.ServerReport;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreDefinition;
import io.stowage.api.StoreDefinitionException;
import io.stowage.api.StoreOptions;
import io.stowage.core.definition.DefinitionText;
import io.stowage.core.definition.LiveDefinition;
import io.stowage.core.definition.StoredDefinition;
import io.stowage.core.definition.StoredSchema;
import io.stowage.core.item.Codecs;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.item.StoreValues;
import io.stowage.core.maintenance.StoreMaintenance;
import io.stowage.core.maintenance.Sweeper;
import io.stowage.core.protocol.CleanUp;
import io.stowage.core.protocol.VersionClock;
import io.stowage.core.store.CallsUnderWay;
import io.stowage.core.store.ExpiryForecast;
import io.stowage.core.store.Operations;
import io.stowage.core.store.PlatformParts;
import io.stowage.core.store.StorageFactory;
import io.stowage.core.ttl.TtlPolicies;
import io.stowage.spi.EnvelopeProvider;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.SerializationPort;
import io.stowage.spi.ServerPort;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import io.stowage.spi.TtlPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@link StoragePlatform} over one adapter and one codec. */
public final class StowagePlatform implements StoragePlatform {

  private static final Logger LOG = LoggerFactory.getLogger(StowagePlatform.class);
  private static final Duration CLOSING = Duration.ofSeconds(5);
  private static final Duration LONGEST_CLOSING = Duration.ofDays(1);

  private final StorageAdapter adapter;
  private final Codecs codecs;
  private final EnvelopeProvider envelopes;
  private final InstantSource time;
  private final VersionClock clock;
  private final CleanUp cleanUp;
  private final ExecutorService executor;
  private final MaintenanceListener listener;
  private final BackgroundSweeps sweeps;
  private final CallsUnderWay calls = new CallsUnderWay();

  private StowagePlatform(
      StorageAdapter adapter, Codecs codecs, InstantSource time, MaintenanceListener listener) {
    this.adapter = adapter;
    this.codecs = codecs;
    this.envelopes = Installed.envelopes();
    this.time = time;
    this.clock = new VersionClock(time, () -> ThreadLocalRandom.current().nextInt(1 << 12));
    this.cleanUp = new CleanUp("stowage-clean-up-" + adapter.name());
    this.executor = AsyncExecutors.create();
    this.listener = new UpkeepListener(listener);
    this.sweeps = new BackgroundSweeps("stowage-sweep-" + adapter.name(), this.listener);
  }

  /**
   * A platform over an adapter that is connected already; it closes the adapter when it closes.
   *
   * @param codec the codec that writes; the others on the class path are read too
   */
  public static StowagePlatform over(StorageAdapter adapter, SerializationPort codec) {
    return over(adapter, codec, InstantSource.system(), MaintenanceListener.NONE);
  }

  /**
   * A platform whose versions follow the given time.
   *
   * @param listener is told of the upkeep that runs by itself
   */
  public static StowagePlatform over(
      StorageAdapter adapter,
      SerializationPort codec,
      InstantSource time,
      MaintenanceListener listener) {
    return over(adapter, Installed.codecs(codec), time, listener);
  }

  static StowagePlatform over(
      StorageAdapter adapter, Codecs codecs, InstantSource time, MaintenanceListener listener) {
    return new StowagePlatform(adapter, codecs, time, listener);
  }

  @Override
  public <T> Storage<T> store(ItemType<T> type) {
    return store(type, StoreOptions.defaults());
  }

  @Override
  public <T> Storage<T> store(ItemType<T> type, StoreOptions options) {
    TtlPolicy ttl = TtlPolicies.of(options.ttl());
    Operations operations = operations(type.store());
    StorePorts ports = operations.read("open", () -> adapter.store(type.store()));
    operations.check("open", () -> StorageFactory.requireReplicas(ports, options));
    StoreValues<T> values = new StoreValues<>(type, options, codecs, envelopes, ports);
    LiveDefinition live =
        operations.write("open", () -> define(ports.records(), type, options, values, operations));
    if (live.latest().coding().isNeeded() || isBlind(type)) {
      ServerProbe.requireKept(adapter, type.store(), operations);
    }
    ItemMapper<T> mapper = values.mapper(live);
    long asked = clock.asked();
    clock.synchronize(asked, operations.read("open", () -> ports.records().serverMicros()));
    ExpiryForecast forecast =
        new ExpiryForecast(
            time, options.gracePeriod(), after -> sweeps.expectDead(type.store(), after));
    PlatformParts parts = new PlatformParts(clock, cleanUp, executor, listener, forecast);
    Storage<T> storage =
        operations.read(
            "open",
            () ->
                new StorageFactory<>(operations, ports, mapper, ttl, parts, options)
                    .storage(options.durability()));
    Sweeper sweeper = new Sweeper(ports, live, options, calls::isClosed);
    sweeps.sweep(
        type.store(),
        options,
        new StoreSweeps(
            () -> operations.write("sweep", () -> sweeper.sweep(options.sweep())),
            () -> operations.write("sweep", () -> sweeper.sweepOldest(options.sweep()))));
    return storage;
  }

  private static boolean isBlind(ItemType<?> type) {
    return type.indexes().stream().anyMatch(index -> index.kind() == IndexKind.BLIND);
  }

  private LiveDefinition define(
      PersistencePort records,
      ItemType<?> type,
      StoreOptions options,
      StoreValues<?> values,
      Operations operations) {
    StoreDefinition requested = type.definition(codecs.writing().name());
    LiveDefinition live =
        LiveDefinition.opened(records, requested, values::restore, time, options.gracePeriod());
    List<String> differences = live.latest().toApi().differences(requested);
    if (!differences.isEmpty()) {
      throw new StoreDefinitionException(differences, operations.context("open"));
    }
    warnOfSchema(type, live.latest().schema());
    return live;
  }

  private static void warnOfSchema(ItemType<?> type, StoredSchema schema) {
    if (!schema.isTrustedBy(type.schemaVersion())) {
      LOG.warn(
          "the indexes of store '{}' are of schema version {}, and items of this program of {}:"
              + " queries read every item{}",
          type.store(),
          schema.next(),
          type.schemaVersion(),
          schema.isWritableBy(type.schemaVersion())
              ? " until a reindex brings the indexes up to date"
              : ", and nothing can be saved");
    }
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
      Set<String> declared = new HashSet<>();
      Stream.of(stored.indexes(), stored.building())
          .flatMap(List::stream)
          .filter(index -> declared.add(index.name()))
          .forEach(index -> declare(type, index));
      stored.order().ifPresent(type::orderedBy);
    }
    return store(type.build(), options);
  }

  private static void declare(
      ItemType.DocumentBuilder type, StoreDefinition.IndexDefinition index) {
    switch (index.kind()) {
      case EXACT -> type.index(index.name());
      case RANGE -> type.range(index.name());
      case BLIND -> type.blindIndex(index.name());
    }
  }

  @Override
  public Optional<StoreDefinition> definition(String store) {
    String name = ItemType.documents(store).build().store();
    return operations(name)
        .read(
            "definition",
            () ->
                adapter
                    .store(name)
                    .records()
                    .definition()
                    .map(DefinitionText::read)
                    .map(StoredDefinition::toApi));
  }

  @Override
  public <T> Maintenance maintenance(ItemType<T> type, StoreOptions options) {
    return new StoreMaintenance<>(
        type,
        envelopes,
        codecs,
        () -> adapter.store(type.store()),
        operations(type.store()),
        options,
        time,
        cleanUp::dropped,
        calls::isClosed);
  }

  @Override
  public Optional<ServerReport> servers() {
    return operations("-").read("servers", () -> adapter.servers().map(ServerPort::inspect));
  }

  @Override
  public String adapter() {
    return adapter.name();
  }

  private Operations operations(String store) {
    return new Operations(store, adapter.name(), calls);
  }

  @Override
  public void close() {
    close(CLOSING);
  }

  @Override
  public void close(Duration timeout) {
    if (timeout.isNegative() || timeout.compareTo(LONGEST_CLOSING) > 0) {
      throw new IllegalArgumentException(
          "timeout is " + timeout + "; allowed is PT0S to " + LONGEST_CLOSING);
    }
    sweeps.beginNoMore();
    if (!calls.close()) {
      return;
    }
    sweeps.close();
    if (!calls.awaitEnd(timeout)) {
      LOG.warn("calls were still under way {} after the platform was closed", timeout);
    }
    executor.shutdown();
    cleanUp.close();
    adapter.close();
  }
}
