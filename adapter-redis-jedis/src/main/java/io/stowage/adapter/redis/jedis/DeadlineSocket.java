package io.stowage.adapter.redis.jedis;

import io.stowage.adapter.redis.common.topology.Deadline;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A socket of which all reads together have one deadline, however few bytes each of them brings.
 * TLS may lie over it: what TLS reads for itself is bounded too.
 */
final class DeadlineSocket extends Socket {

  /** What has come already is read even if the deadline is over. */
  private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private volatile long end = System.nanoTime();

  /** Sets by when all reads must be done that begin from now on. */
  void readBy(Deadline deadline) {
    end = System.nanoTime() + Math.max(SHORTEST_NANOS, deadline.left());
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new BoundedReads(super.getInputStream());
  }

  private void limitNextRead() throws IOException {
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("Read timed out");
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(left) + 1;
    setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
  }

  private final class BoundedReads extends FilterInputStream {

    BoundedReads(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      limitNextRead();
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      limitNextRead();
      return super.read(bytes, offset, length);
    }
  }
}
