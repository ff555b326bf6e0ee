package io.stowage.serialization.kryo;

import com.esotericsoftware.kryo.util.Pool;
import io.stowage.spi.AdapterException;
import io.stowage.spi.SerializationException;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Benches that are made as they are needed, of which some are kept. Safe for many threads. */
final class Benches {

  private static final int MAX_REASON = 500;

  private final Pool<Workbench> pool;

  Benches(Map<String, Class<?>> renamed) {
    int kept = 4 * Runtime.getRuntime().availableProcessors();
    this.pool =
        new Pool<>(true, false, kept) {
          @Override
          protected Workbench create() {
            return new Workbench(renamed);
          }
        };
  }

  /**
   * Runs a task on a bench; whatever is wrong with an item is one kind of failure.
   *
   * @param what begins the message of a failure
   */
  <R extends @Nullable Object> R run(Supplier<String> what, Function<Workbench, R> task) {
    Workbench bench = pool.obtain();
    try {
      return task.apply(bench);
    } catch (AdapterException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      throw new SerializationException(what.get() + ": " + reason(e), e);
    } finally {
      pool.free(bench);
    }
  }

  /** Its beginning only: what libraries tell may quote all of a large item. */
  private static String reason(Throwable e) {
    String message = e.getMessage();
    String reason = e instanceof SerializationException && message != null ? message : e.toString();
    return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…";
  }
}
