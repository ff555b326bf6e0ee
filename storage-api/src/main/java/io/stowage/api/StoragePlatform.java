package io.stowage.api;

import java.time.Duration;
import java.util.Optional;

/**
 * The connection to one backend and the stores in it. Open one for an application's life, and close
 * it at the end. Safe for use by many threads.
 *
 * <p>The URI names the backend:
 *
 * <ul>
 *   <li>{@code redis://[user:password@]host[:port][/database]}: one Redis server
 *   <li>{@code redis-sentinel://[user:password@]host[:port],host[:port].../name[/database]}: the
 *       master {@code name} that these Sentinel servers watch
 *   <li>{@code redis-cluster://[user:password@]host[:port],host[:port]...}: a Redis Cluster, of
 *       which these are some members
 *   <li>{@code rediss://}, {@code rediss-sentinel://}, {@code rediss-cluster://}: the same with TLS
 *   <li>{@code memory:}: the heap of this process
 * </ul>
 *
 * <p>User and password are percent-encoded. The adapter is found on the class path; if several
 * serve the URI, {@link Builder#adapter} chooses.
 */
public interface StoragePlatform extends AutoCloseable {

  /**
   * Connects to a backend with the default settings.
   *
   * @throws IllegalArgumentException if the URI cannot be understood
   * @throws IllegalStateException if no adapter for it, or more than one, is on the class path
   * @throws StorageException if the backend cannot be reached
   */
  static StoragePlatform open(String uri) {
    return builder().uri(uri).open();
  }

  /** Begins the settings of a platform. */
  static Builder builder() {
    return new Builder();
  }

  /**
   * A store with the default options. On first use its definition is stored beside the data; later
   * it is compared. One round trip.
   *
   * @throws StoreDefinitionException if the store's data was written with another definition
   */
  <T> Storage<T> store(ItemType<T> type);

  /**
   * A store with options.
   *
   * @throws StoreDefinitionException if the store's data was written with another definition
   */
  <T> Storage<T> store(ItemType<T> type, StoreOptions options);

  /**
   * A store of documents as it is defined already, or else with exact indexes on {@code
   * session_id}, {@code thread_id} and {@code type}.
   */
  Storage<Document> documents(String store);

  /** A store of documents, as {@link #documents(String)}, with options. */
  Storage<Document> documents(String store, StoreOptions options);

  /** The definition of a store, if it exists. One round trip. */
  Optional<StoreDefinition> definition(String store);

  /**
   * The upkeep of a store.
   *
   * @param type the items as they are or, for {@link Maintenance#reindex}, as they shall be indexed
   */
  <T> Maintenance maintenance(ItemType<T> type, StoreOptions options);

  /**
   * What the servers behind this platform are and what is wrong with them; empty if the adapter has
   * no servers. A few round trips to each server.
   */
  Optional<ServerReport> servers();

  /** The name of the adapter in use. */
  String adapter();

  /** As {@link #close(Duration)} with 5 seconds. */
  @Override
  void close();

  /**
   * Lets no other call begin, waits for the calls that are under way, finishes the clean-up of
   * index entries, for a second at most, and disconnects. A call that begins afterwards fails with
   * {@link IllegalStateException}; one that is cut off by the end of the time with a {@link
   * StorageException} that tells its outcome. Asynchronous calls are under way once their method
   * has returned. A second call does nothing. Not to be called by what a call runs, such as the
   * function of an update: it would wait for itself.
   *
   * @param timeout how long to wait for calls under way; zero to a day
   */
  void close(Duration timeout);

  /** Settings of a platform; each setter refuses a value that is out of bounds. */
  final class Builder {

    private String uri = "redis://localhost:6379";
    private Optional<String> adapter = Optional.empty();
    private String codec = "json";
    private Optional<Codec> ownCodec = Optional.empty();
    private String keyPrefix = "stowage:";
    private String clientName = "stowage";
    private NetworkSettings network = NetworkSettings.defaults();
    private TlsSettings tls = TlsSettings.defaults();
    private Optional<Credentials> sentinelCredentials = Optional.empty();
    private MaintenanceListener listener = MaintenanceListener.NONE;

    private Builder() {}

    /** Where the backend is; {@code redis://localhost:6379} by default. */
    public Builder uri(String uri) {
      this.uri = uri;
      return this;
    }

    /** Which adapter to use, such as {@code redis-lettuce}, if several serve the URI. */
    public Builder adapter(String name) {
      this.adapter = Optional.of(name);
      return this;
    }

    /**
     * The codec that writes items, by its name; {@code json} by default. Items that another codec
     * wrote are read with that one.
     */
    public Builder codec(String name) {
      this.codec = name;
      this.ownCodec = Optional.empty();
      return this;
    }

    /**
     * The codec that writes items, set up by the embedder: a {@code JsonCodec} with a mapper of its
     * own, for one. It also reads what was written under its name.
     */
    public Builder codec(Codec codec) {
      this.codec = codec.name();
      this.ownCodec = Optional.of(codec);
      return this;
    }

    /**
     * What the keys of all stores begin with; {@code stowage:} by default.
     *
     * @param prefix at most 128 characters without braces, white space or control characters
     */
    public Builder keyPrefix(String prefix) {
      boolean isAllowed = prefix.length() <= 128 && prefix.chars().allMatch(Builder::fitsPrefix);
      if (!isAllowed) {
        throw new IllegalArgumentException(
            "keyPrefix is '"
                + prefix
                + "'; allowed are at most 128 printable ASCII characters but '{', '}' and space");
      }
      this.keyPrefix = prefix;
      return this;
    }

    private static boolean fitsPrefix(int character) {
      return character > ' ' && character < 0x7f && character != '{' && character != '}';
    }

    /** How long to wait for a connection: 1 ms to 10 minutes; 2 s by default. */
    public Builder connectTimeout(Duration timeout) {
      this.network = network.withConnectTimeout(timeout);
      return this;
    }

    /** How long to wait for the answer to one round trip: 1 ms to 10 minutes; 2 s by default. */
    public Builder commandTimeout(Duration timeout) {
      this.network = network.withCommandTimeout(timeout);
      return this;
    }

    /**
     * How many connections to one server at most, where the client keeps several: 1 to 1,000; 8 by
     * default.
     */
    public Builder poolSize(int connections) {
      this.network = network.withPoolSize(connections);
      return this;
    }

    /** Time-outs, pool and sockets, all at once. */
    public Builder network(NetworkSettings settings) {
      this.network = settings;
      return this;
    }

    /** Whom to trust and what to show, where the URI's scheme encrypts. */
    public Builder tls(TlsSettings settings) {
      this.tls = settings;
      return this;
    }

    /** Who logs in to Sentinel servers, which have users of their own; nobody by default. */
    public Builder sentinelCredentials(Credentials credentials) {
      this.sentinelCredentials = Optional.of(credentials);
      return this;
    }

    /** Who is told of the upkeep that runs by itself; nobody by default. */
    public Builder maintenanceListener(MaintenanceListener listener) {
      this.listener = listener;
      return this;
    }

    /** The name of this client's connections at the server; {@code stowage} by default. */
    public Builder clientName(String name) {
      this.clientName = Limits.checkName("clientName", name);
      return this;
    }

    /** The settings as an immutable value. */
    public PlatformSettings settings() {
      return new PlatformSettings(
          uri,
          adapter,
          codec,
          ownCodec,
          keyPrefix,
          clientName,
          network,
          tls,
          sentinelCredentials,
          listener);
    }

    /**
     * Connects.
     *
     * @throws IllegalArgumentException if the URI cannot be understood
     * @throws IllegalStateException if no adapter for it, or more than one, is on the class path
     * @throws StorageException if the backend cannot be reached
     */
    public StoragePlatform open() {
      return PlatformProvider.installed().open(settings());
    }
  }
}
