package io.stowage.core.maintenance;

import io.stowage.api.DictionaryOptions;
import io.stowage.api.DictionaryReport;
import io.stowage.api.DoctorReport;
import io.stowage.api.ItemReport;
import io.stowage.api.ItemType;
import io.stowage.api.Maintenance;
import io.stowage.api.Progress;
import io.stowage.api.ReindexReport;
import io.stowage.api.RotationReport;
import io.stowage.api.StoreDefinition;
import io.stowage.api.StoreDefinitionException;
import io.stowage.api.StoreOptions;
import io.stowage.api.SweepOptions;
import io.stowage.api.SweepReport;
import io.stowage.core.definition.LiveDefinition;
import io.stowage.core.definition.StoredDefinition;
import io.stowage.core.item.Codecs;
import io.stowage.core.item.ItemIds;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.item.StoreValues;
import io.stowage.core.protocol.WritePath;
import io.stowage.core.store.Operations;
import io.stowage.core.ttl.TtlPolicies;
import io.stowage.spi.EnvelopeProvider;
import io.stowage.spi.Expiry;
import io.stowage.spi.StorePorts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Maintenance} of one store. It does nothing before it is asked to. Whatever it writes
 * waits for replicas if the options say so, but for the removal of dead entries by the sweeper.
 */
public final class StoreMaintenance<T> implements Maintenance {

  /** What needs the stored definition. */
  private record Tools<T>(StorePorts ports, ItemMapper<T> mapper, Sweeper sweeper) {}

  private final ItemType<T> type;
  private final EnvelopeProvider envelopes;
  private final Codecs codecs;
  private final Supplier<StorePorts> ports;
  private final Operations operations;
  private final StoreOptions options;
  private final InstantSource time;
  private final LongSupplier dropped;
  private final BooleanSupplier isClosed;
  private final Expiry expiry;
  private final AtomicReference<@Nullable Tools<T>> tools = new AtomicReference<>();

  /**
   * The maintenance of a store; nothing is sent.
   *
   * @param ports answers the store's ports
   * @param dropped answers how many clean-ups the platform has dropped
   * @param isClosed whether the platform was closed, so that work must end
   */
  public StoreMaintenance(
      ItemType<T> type,
      EnvelopeProvider envelopes,
      Codecs codecs,
      Supplier<StorePorts> ports,
      Operations operations,
      StoreOptions options,
      InstantSource time,
      LongSupplier dropped,
      BooleanSupplier isClosed) {
    this.type = type;
    this.envelopes = envelopes;
    this.codecs = codecs;
    this.ports = ports;
    this.operations = operations;
    this.options = options;
    this.time = time;
    this.dropped = dropped;
    this.isClosed = isClosed;
    this.expiry = TtlPolicies.of(options.ttl()).onSave();
  }

  @Override
  public SweepReport sweep(SweepOptions sweep) {
    return operations.write("sweep", () -> tools().sweeper().sweep(sweep));
  }

  @Override
  public DoctorReport check(Consumer<Progress> progress) {
    return operations.read("check", () -> doctor("check").check(progress));
  }

  @Override
  public DoctorReport repair(Consumer<Progress> progress) {
    return operations.write("repair", () -> doctor("repair").repair(progress));
  }

  private Doctor<T> doctor(String operation) {
    return new Doctor<>(tools().ports(), fitting(operation), expiry, options, dropped, isClosed);
  }

  @Override
  public ReindexReport reindex(Consumer<Progress> progress) {
    return operations.write(
        "reindex",
        () ->
            new Reindexer<>(tools().ports(), fitting("reindex"), definition(), options, isClosed)
                .reindex(progress));
  }

  @Override
  public Optional<ItemReport> inspect(String id) {
    ItemIds.check(id);
    return operations.read(
        "inspect", () -> new Inspection<>(tools().ports(), tools().mapper()).of(id));
  }

  @Override
  public DictionaryReport trainDictionary(DictionaryOptions training, Consumer<Progress> progress) {
    return operations.write(
        "trainDictionary",
        () ->
            new DictionaryTraining<>(tools().ports(), tools().mapper(), options, isClosed)
                .train(training, progress));
  }

  @Override
  public RotationReport rotateKeys(Consumer<Progress> progress) {
    return operations.write(
        "rotateKeys",
        () ->
            new KeyRotation(tools().ports(), tools().mapper().envelopes(), options, isClosed)
                .run(progress));
  }

  /** The mapper, once it is known that items of the type have the store's order and shape. */
  private ItemMapper<T> fitting(String operation) {
    ItemMapper<T> mapper = tools().mapper();
    StoredDefinition now = mapper.live().renewed();
    StoreDefinition stored = now.toApi();
    StoreDefinition own = definition();
    List<String> differences =
        new ArrayList<>(
            stored.differences(
                new StoreDefinition(own.codec(), stored.indexes(), own.orderField())));
    if (!now.schema().isWritableBy(own.schemaVersion())) {
      differences.add(
          "stored schema version is " + now.schema().next() + ", requested " + own.schemaVersion());
    }
    if (!differences.isEmpty()) {
      throw new StoreDefinitionException(differences, operations.context(operation));
    }
    return mapper;
  }

  private StoreDefinition definition() {
    return type.definition(codecs.writing().name());
  }

  private Tools<T> tools() {
    Tools<T> present = tools.get();
    if (present == null) {
      StorePorts masters = ports.get();
      StorePorts of = WritePath.of(masters, options.durability()).ports();
      StoreValues<T> values = new StoreValues<>(type, options, codecs, envelopes, of);
      ItemMapper<T> mapper =
          values.mapper(
              LiveDefinition.observed(
                  of.records(), definition(), values::restore, time, options.gracePeriod()));
      tools.compareAndSet(
          null, new Tools<>(of, mapper, new Sweeper(masters, mapper.live(), options, isClosed)));
      present = tools.get();
    }
    return Objects.requireNonNull(present);
  }
}
