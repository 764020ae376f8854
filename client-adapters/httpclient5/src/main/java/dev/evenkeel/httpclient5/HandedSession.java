package dev.evenkeel.httpclient5;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.concurrent.locks.Lock;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;

/**
 * A session as it is handed to the minimal HTTP/2-only client, for one attempt: the client's
 * exchange goes to the session itself with the attempt in between, and all else is the session's.
 * Thread-safe where the session is.
 */
final class HandedSession implements IOSession {
  private final IOSession session;
  private final AsyncServerRuntime server;

  HandedSession(IOSession session, AsyncServerRuntime server) {
    this.session = session;
    this.server = server;
  }

  @Override
  public void enqueue(Command command, Command.Priority priority) {
    session.enqueue(
        command instanceof RequestExecutionCommand execution ? watched(execution) : command,
        priority);
  }

  private Command watched(RequestExecutionCommand command) {
    try {
      CancellableDependency cancellable = command.getCancellableDependency();
      return new RequestExecutionCommand(
          server.onTheWire(command.getExchangeHandler()),
          command.getPushHandlerFactory(),
          cancellable == null ? null : new AttemptDependency(cancellable, server),
          command.getContext());
    } catch (Throwable fault) {
      Faults.report(fault);
      server.abandon();
      return command;
    }
  }

  @Override
  public String getId() {
    return session.getId();
  }

  @Override
  public IOEventHandler getHandler() {
    return session.getHandler();
  }

  @Override
  public void upgrade(IOEventHandler handler) {
    session.upgrade(handler);
  }

  @Override
  public Lock getLock() {
    return session.getLock();
  }

  @Override
  public boolean hasCommands() {
    return session.hasCommands();
  }

  @Override
  public Command poll() {
    return session.poll();
  }

  @Override
  public ByteChannel channel() {
    return session.channel();
  }

  @Override
  public SocketAddress getRemoteAddress() {
    return session.getRemoteAddress();
  }

  @Override
  public SocketAddress getLocalAddress() {
    return session.getLocalAddress();
  }

  @Override
  public int getEventMask() {
    return session.getEventMask();
  }

  @Override
  public void setEventMask(int operations) {
    session.setEventMask(operations);
  }

  @Override
  public void setEvent(int operation) {
    session.setEvent(operation);
  }

  @Override
  public void clearEvent(int operation) {
    session.clearEvent(operation);
  }

  @Override
  public boolean isOpen() {
    return session.isOpen();
  }

  @Override
  public void close() {
    session.close();
  }

  @Override
  public void close(CloseMode mode) {
    session.close(mode);
  }

  @Override
  public Status getStatus() {
    return session.getStatus();
  }

  @Override
  public Timeout getSocketTimeout() {
    return session.getSocketTimeout();
  }

  @Override
  public void setSocketTimeout(Timeout timeout) {
    session.setSocketTimeout(timeout);
  }

  @Override
  public long getLastReadTime() {
    return session.getLastReadTime();
  }

  @Override
  public long getLastWriteTime() {
    return session.getLastWriteTime();
  }

  @Override
  public long getLastEventTime() {
    return session.getLastEventTime();
  }

  @Override
  public void updateReadTime() {
    session.updateReadTime();
  }

  @Override
  public void updateWriteTime() {
    session.updateWriteTime();
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    return session.read(bytes);
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    return session.write(bytes);
  }
}
