package io.stowage.testkit.fault;

import java.io.IOException;

/**
 * What becomes of the frames that a {@link FaultProxy} takes from the wire. A hook passes a frame
 * on with {@link Link#toServer} or {@link Link#toClient}, as it is or another one instead; passes
 * it on later, after it has waited or from another thread; does not pass it on at all; or cuts the
 * connection, or others.
 *
 * <p>The hooks of one direction of a connection are called one after the other, in the order of the
 * wire; those of both directions and of all connections at the same time. A hook may block, which
 * holds back all that follows on its direction, until the proxy is closed, which interrupts it.
 * Whatever a hook throws, unless it was interrupted by that, fails the proxy.
 */
public interface LinkHooks {

  /** A client has been connected with its server. No frame passes before this returns. */
  default void onOpen(Link link) throws IOException, InterruptedException {}

  /** A frame came from the client. */
  default void onRequest(Link link, byte[] frame) throws IOException, InterruptedException {
    link.toServer(frame);
  }

  /** A frame came from the server. */
  default void onReply(Link link, byte[] frame) throws IOException, InterruptedException {
    link.toClient(frame);
  }
}
