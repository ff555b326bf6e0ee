package io.stowage.core;

import io.stowage.adapter.memory.MemoryAdapter;
import io.stowage.api.ServerReport;
import io.stowage.api.ServerReport.Problem;
import io.stowage.api.ServerReport.Severity;
import io.stowage.spi.AdapterException;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.ServerPort;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Adapters on the class path of the tests: two that serve one scheme, and one that fails. */
public final class TwinAdapters {

  private TwinAdapters() {}

  /** One of two that serve {@code twin:}. */
  public static final class First implements AdapterProvider {
    @Override
    public String name() {
      return "twin-a";
    }

    @Override
    public boolean serves(String scheme) {
      return scheme.equals("twin");
    }

    @Override
    public StorageAdapter connect(ConnectionSettings settings) {
      return new MemoryAdapter();
    }
  }

  /** The other of two that serve {@code twin:}. */
  public static final class Second implements AdapterProvider {
    @Override
    public String name() {
      return "twin-b";
    }

    @Override
    public boolean serves(String scheme) {
      return scheme.equals("twin");
    }

    @Override
    public StorageAdapter connect(ConnectionSettings settings) {
      return new MemoryAdapter();
    }
  }

  /** Serves {@code down:}, which cannot be reached, or refuses if the place is {@code rights}. */
  public static final class Down implements AdapterProvider {
    @Override
    public String name() {
      return "down";
    }

    @Override
    public boolean serves(String scheme) {
      return scheme.equals("down");
    }

    @Override
    public StorageAdapter connect(ConnectionSettings settings) {
      throw settings.uri().endsWith("rights")
          ? AdapterException.refused("no rights", null)
          : AdapterException.unavailable("no connection", null);
    }
  }

  /** Serves {@code ailing:} with servers that have what the place says, such as {@code ERROR}. */
  public static final class Ailing implements AdapterProvider {

    static final List<Ailment> CONNECTED = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
      return "ailing";
    }

    @Override
    public boolean serves(String scheme) {
      return scheme.equals("ailing");
    }

    @Override
    public StorageAdapter connect(ConnectionSettings settings) {
      Ailment adapter = new Ailment(settings.uri().substring("ailing:".length()));
      CONNECTED.add(adapter);
      return adapter;
    }
  }

  /** An adapter whose servers have problems of the given severities, or cannot be asked. */
  static final class Ailment implements StorageAdapter {

    private final MemoryAdapter memory = new MemoryAdapter();
    private final String severities;
    private boolean isClosed;

    Ailment(String severities) {
      this.severities = severities;
    }

    String severities() {
      return severities;
    }

    boolean isClosed() {
      return isClosed;
    }

    @Override
    public String name() {
      return "ailing";
    }

    @Override
    public StorePorts store(String store) {
      return memory.store(store);
    }

    @Override
    public Optional<ServerPort> servers() {
      return severities.isEmpty() ? Optional.empty() : Optional.of(this::inspect);
    }

    private ServerReport inspect() {
      if (severities.equals("silent")) {
        throw AdapterException.unanswered("no answer", null);
      }
      List<Problem> problems =
          Stream.of(severities.split(",", -1))
              .map(Severity::valueOf)
              .map(severity -> new Problem(severity, "a problem of severity " + severity))
              .toList();
      boolean lacksRights = severities.contains("ERROR");
      return new ServerReport(
          List.of(),
          problems,
          lacksRights ? Optional.of("ACL SETUSER app +zadd") : Optional.empty());
    }

    @Override
    public void close() {
      isClosed = true;
      memory.close();
    }
  }
}
