package io.stowage.core.store;

import io.stowage.api.Durability;
import io.stowage.api.ReadFrom;
import io.stowage.api.Storage;
import io.stowage.api.StoreOptions;
import io.stowage.core.item.ConfirmedCoding;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.protocol.AtomicProtocol;
import io.stowage.core.protocol.ReadRepair;
import io.stowage.core.protocol.RemoveProtocol;
import io.stowage.core.protocol.Retirement;
import io.stowage.core.protocol.VersionClock;
import io.stowage.core.protocol.WritePath;
import io.stowage.core.protocol.WriteProtocol;
import io.stowage.core.query.QueryEngine;
import io.stowage.spi.AdapterException;
import io.stowage.spi.StorePorts;
import io.stowage.spi.TtlPolicy;

/**
 * Puts together the storages of one store, which differ in what their writes wait for. Reads may
 * come from replicas; what decides a write or removes anything is always read from the masters.
 *
 * @param <T> the type of the items
 */
public final class StorageFactory<T> {

  private final Operations operations;
  private final StorePorts masters;
  private final ItemMapper<T> mapper;
  private final TtlPolicy ttl;
  private final PlatformParts platform;
  private final StoreOptions options;
  private final ReadRepair repair;
  private final ItemReader<T> fromMasters;
  private final ItemReader<T> reader;
  private final QueryEngine<T> ofMasters;
  private final QueryEngine<T> queries;

  /**
   * A factory; nothing is sent.
   *
   * @throws AdapterException as {@link #requireReplicas} does
   */
  public StorageFactory(
      Operations operations,
      StorePorts masters,
      ItemMapper<T> mapper,
      TtlPolicy ttl,
      PlatformParts platform,
      StoreOptions options) {
    this.operations = operations;
    this.masters = masters;
    this.mapper = mapper;
    this.ttl = ttl;
    this.platform = platform;
    this.options = options;
    this.repair =
        new ReadRepair(
            masters,
            platform.clock(),
            platform.cleanUp(),
            options.gracePeriod(),
            removed -> platform.listener().repaired(name(), removed));
    this.fromMasters = reader(masters);
    this.ofMasters = queries(masters, fromMasters);
    boolean readsMasters = options.readFrom() == ReadFrom.MASTER;
    StorePorts reads = readsMasters ? masters : replicas(masters);
    this.reader = readsMasters ? fromMasters : reader(reads);
    this.queries = readsMasters ? ofMasters : queries(reads, reader);
  }

  /**
   * Refuses options that an adapter cannot honour; nothing is sent.
   *
   * @throws AdapterException if it lacks the replicas that the options ask for
   */
  public static void requireReplicas(StorePorts masters, StoreOptions options) {
    WritePath.of(masters, options.durability());
    if (options.readFrom() == ReadFrom.REPLICA) {
      replicas(masters);
    }
  }

  private static StorePorts replicas(StorePorts masters) {
    return masters
        .possiblyStale()
        .orElseThrow(
            () ->
                AdapterException.refused(
                    "readFrom is REPLICA, but this adapter has no replicas to read from; allowed"
                        + " is MASTER",
                    null));
  }

  private ItemReader<T> reader(StorePorts ports) {
    return new ItemReader<>(ports.records(), masters.records(), mapper, ttl, options.batchSize());
  }

  private QueryEngine<T> queries(StorePorts ports, ItemReader<T> decoder) {
    return new QueryEngine<>(ports, mapper, decoder::match, platform.clock(), repair, options);
  }

  private String name() {
    return mapper.type().store();
  }

  /**
   * A storage whose writes have a durability; nothing is sent.
   *
   * @throws AdapterException if replicas shall confirm writes and the adapter has none that do
   */
  public Storage<T> storage(Durability durability) {
    WritePath path = WritePath.of(masters, durability);
    if (path.isConfirmed()) {
      path = path.preparedBy(new ConfirmedCoding(path.ports(), mapper)::await);
    }
    ItemWriter<T> writer = writer(path);
    BulkDelete<T> bulkDelete =
        new BulkDelete<>(masters.records(), ofMasters, writer, options.batchSize());
    return new IndexedStorage<>(
        name(), operations, writer, reader, queries, bulkDelete, this, platform.executor());
  }

  private ItemWriter<T> writer(WritePath path) {
    VersionClock clock = platform.clock();
    Retirement<T> retirement = new Retirement<>(path.indexes(), platform.cleanUp(), mapper);
    return new ItemWriter<>(
        new ItemStager<>(mapper, clock, ttl, options.gracePeriod()),
        fromMasters,
        path.ports().records(),
        new WriteProtocol(path, clock, retirement, options.batchSize()),
        new RemoveProtocol(path, retirement, options.batchSize()),
        new AtomicProtocol(path, clock, retirement),
        platform.forecast(),
        options.updateAttempts());
  }
}
