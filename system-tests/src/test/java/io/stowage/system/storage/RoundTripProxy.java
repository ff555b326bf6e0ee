package io.stowage.system.storage;

import io.stowage.testkit.fault.FaultProxy;
import io.stowage.testkit.fault.Link;
import io.stowage.testkit.fault.LinkHooks;
import io.stowage.testkit.redis.RespFrames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and Redis and proves how many round trips an operation takes, whatever
 * the speed of anyone.
 *
 * <p>On the wire a client that waits for a reply looks like one that is slow to send its next
 * command, so how long it is quiet proves nothing. Therefore the test says beforehand how many
 * commands it expects in each round trip, and the proxy keeps all replies of a round trip back
 * until the last of them is there. A client that waited for a reply in the middle of a round trip
 * would wait in vain, and its operation would fail; and so would one that needed a reply after the
 * last expected round trip, because what follows is not answered before {@link #finish}. So an
 * operation that succeeds has not needed more round trips than were expected. What is expected is
 * reached for certain, if only late, on a machine that is busy.
 *
 * <p>That it takes no fewer is seen if it sends commands of the next round trip before a reply of
 * the last one was delivered, which a client that does not wait for them usually does, and which
 * one that waits never does.
 */
final class RoundTripProxy implements AutoCloseable {

  /** What clients send when they open a connection, or try one that nobody used for a while. */
  private static final Set<String> UPKEEP = Set.of("PING", "HELLO", "CLIENT", "AUTH", "SELECT");

  private final ReentrantLock lock = new ReentrantLock();
  private final FaultProxy proxy;

  /** Of each connection, to which round trips the replies that are due belong. */
  private final Map<Link, Deque<Trip>> due = new HashMap<>();

  /** The commands of each expected round trip; null while nobody counts. */
  private @Nullable List<Integer> plan;

  private final List<Trip> trips = new ArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Reply(Link link, byte[] frame) {}

  /** A round trip: its commands so far, and the replies that are kept back. */
  private static final class Trip {

    private final int expected;
    private final List<Reply> kept = new ArrayList<>();
    private int commands;
    private boolean isDelivered;

    Trip(int expected) {
      this.expected = expected;
    }

    void deliver() throws IOException {
      isDelivered = true;
      for (Reply reply : kept) {
        reply.link().toClient(reply.frame());
      }
      kept.clear();
    }
  }

  private RoundTripProxy(int redisPort) throws IOException {
    lock.lock(); // the first hook of a link takes it too, so that all of them see the proxy
    try {
      proxy =
          FaultProxy.start(
              List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), redisPort)),
              new RespFrames(),
              new Hooks());
    } finally {
      lock.unlock();
    }
  }

  static RoundTripProxy before(int redisPort) throws IOException {
    return new RoundTripProxy(redisPort);
  }

  String uri() {
    return "redis://127.0.0.1:" + proxy.addresses().get(0).getPort();
  }

  /**
   * Expects one operation, until {@link #finish}.
   *
   * @param commands how many each of its round trips has, over all connections
   */
  void expect(List<Integer> commands) {
    lock.lock();
    try {
      trips.clear();
      plan = List.copyOf(commands);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the operation and lets everything pass again. What is sent after its last round trip and
   * before this is not its own: it has come to its end without the replies.
   *
   * @return how many commands each of its round trips had
   */
  List<Integer> finish() throws IOException {
    lock.lock();
    try {
      List<Integer> commands = new ArrayList<>();
      for (Trip trip : trips) {
        if (trip.expected > 0) {
          commands.add(trip.commands);
        }
        trip.deliver();
      }
      plan = null;
      return commands;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    proxy.close();
  }

  private final class Hooks implements LinkHooks {

    @Override
    public void onOpen(Link link) {
      lock.lock();
      try {
        due.put(link, new ArrayDeque<>());
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void onRequest(Link link, byte[] command) throws IOException {
      lock.lock();
      try {
        Trip trip = tripOf(command);
        trip.commands++;
        dueOn(link).addLast(trip);
      } finally {
        lock.unlock();
      }
      link.toServer(command);
    }

    @Override
    public void onReply(Link link, byte[] reply) throws IOException {
      lock.lock();
      try {
        Trip trip = RespFrames.isPush(reply) ? passing() : dueOn(link).removeFirst();
        trip.kept.add(new Reply(link, reply));
        if (trip.isDelivered || trip.kept.size() == trip.expected) {
          trip.deliver();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private Deque<Trip> dueOn(Link link) {
    Deque<Trip> replies = due.get(link);
    if (replies == null) {
      throw new IllegalStateException("a connection that was not opened");
    }
    return replies;
  }

  private Trip tripOf(byte[] command) {
    if (plan == null || UPKEEP.contains(RespFrames.name(command))) {
      return passing();
    }
    if (trips.isEmpty() || trips.get(trips.size() - 1).isDelivered) {
      trips.add(new Trip(trips.size() < plan.size() ? plan.get(trips.size()) : 0));
    }
    return trips.get(trips.size() - 1);
  }

  /** What belongs to no round trip that is counted. */
  private static Trip passing() {
    Trip passing = new Trip(0);
    passing.isDelivered = true;
    return passing;
  }
}
