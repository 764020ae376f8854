package dev.evenkeel.testkit.server;

import dev.evenkeel.testkit.Await;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A real server on a loopback port. Each answer carries its name in the header {@code X-Server}.
 * Thread-safe.
 */
public final class TestServer implements Closeable {
  /** The header that names the answering server. */
  public static final String NAME_HEADER = "X-Server";

  private static final long BODY_LIMIT_BYTES = 1 << 20;

  /** Of HTTP/2: RFC 9113, section 7. */
  private static final int INTERNAL_ERROR = 2;

  private final String name;
  private final String scheme;
  private final String host;
  private final UnaryOperator<Received> reading;
  private final MockWebServer server = new MockWebServer();
  private final CountingServerSocketFactory sockets;

  /** Has the connections that begin with HTTP/2, where they come to the port in the clear. */
  private final @Nullable MockWebServer priorKnowledge;

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile Script script = Script.echo();
  private volatile @Nullable Gate continueGate;
  private @Nullable Socket portHolder;

  /**
   * A server that is started.
   *
   * @param reading how it reads what arrives
   */
  TestServer(
      String name,
      String scheme,
      String host,
      @Nullable SSLSocketFactory tls,
      List<Protocol> protocols,
      UnaryOperator<Received> reading)
      throws IOException {
    this.name = name;
    this.scheme = scheme;
    this.host = host;
    this.reading = reading;
    if (tls == null && protocols.size() > 1) {
      HandedSockets handed = new HandedSockets();
      sockets = new CountingServerSocketFactory(handed);
      priorKnowledge = new MockWebServer();
      start(priorKnowledge, handed, List.of(Protocol.H2_PRIOR_KNOWLEDGE));
      start(server, sockets, List.of(Protocol.HTTP_1_1));
    } else {
      sockets = new CountingServerSocketFactory(null);
      priorKnowledge = null;
      if (tls != null) {
        server.useHttps(tls);
      }
      start(server, sockets, protocols);
    }
  }

  private void start(MockWebServer started, ServerSocketFactory factory, List<Protocol> protocols)
      throws IOException {
    started.setServerSocketFactory(factory);
    started.setBodyLimit(BODY_LIMIT_BYTES);
    started.setProtocols(protocols);
    started.setDispatcher(new ScriptedAnswers());
    started.start(InetAddress.getLoopbackAddress(), 0);
  }

  public String name() {
    return name;
  }

  /** Scheme, host and port, without a path. */
  public String url() {
    return scheme + "://" + authority();
  }

  /** {@code host:port}. */
  public String authority() {
    return host + ":" + server.getPort();
  }

  /** Asks every client for a certificate, and has nothing to do with one that shows none. */
  public void requiresCertificate() {
    server.requireClientAuth();
  }

  /** Answers from now on as this script says; a server starts with {@link Script#echo()}. */
  public void answers(Script newScript) {
    script = newScript;
  }

  /**
   * Asks for each request's body from now on, once a gate is open: {@code 100 Continue}. Before the
   * first request only.
   */
  public void continuesAfter(Gate gate) {
    continueGate = gate;
  }

  /** All requests so far, in the order of arrival. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  /** The requests to this path and query so far. */
  public List<Received> received(String target) {
    return received.stream().filter(request -> request.target().equals(target)).toList();
  }

  /** Forgets the requests so far. */
  public void forget() {
    received.clear();
  }

  /** How many connections carried a request. */
  public int connections() {
    return (int) received.stream().mapToInt(Received::connection).distinct().count();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
  }

  /** Waits until this many bytes in all have arrived, whether they make a request or not. */
  public void awaitBytes(long count) {
    Await.until(
        name + " has got " + count + " bytes, so far " + sockets.receivedBytes(),
        () -> sockets.receivedBytes() >= count);
  }

  /**
   * As {@link #kill}, and returns when every client has closed its end of its connections: none of
   * them sends a request on one any more. For clients that watch the connections they keep.
   */
  public void killAndAwaitClients() throws IOException {
    sockets.endOutput();
    Await.until("the clients of " + name + " have left", sockets::areClosed);
    kill();
  }

  /** Ends all connections; the port refuses new ones from now on. */
  public void kill() throws IOException {
    closeServers();
    // Bound and not listening: the port refuses, and no other socket can get it.
    Socket holder = new Socket();
    holder.setReuseAddress(true);
    holder.bind(address());
    portHolder = holder;
  }

  @Override
  public void close() throws IOException {
    closeServers();
    if (portHolder != null) {
      portHolder.close();
    }
  }

  private void closeServers() {
    server.close();
    if (priorKnowledge != null) {
      priorKnowledge.close();
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The library catches it.
  private static <E extends Exception> E unchecked(IOException checked) throws E {
    throw (E) checked;
  }

  private final class ScriptedAnswers extends Dispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest recorded) {
      Received request = reading.apply(Received.of(name, recorded));
      received.add(request);
      MockResponse.Builder answer = script.answer(request);
      answer.addHeader(NAME_HEADER, name);
      if (request.isHttp2() && answer.getOnResponseStart() instanceof SocketEffect.CloseSocket) {
        // The library asks the answer before this one for it; an exception ends the stream.
        throw TestServer.<RuntimeException>unchecked(new IOException("no answer"));
      }
      if (request.isHttp2() && answer.getOnResponseBody() instanceof SocketEffect.CloseSocket) {
        // A connection may end in or between frames, of which a client says different things.
        answer.onResponseBody(new SocketEffect.CloseStream(INTERNAL_ERROR));
      }
      return answer.build();
    }

    /** Asked for once a connection is accepted, and again between a request's head and its body. */
    @Override
    public MockResponse peek() {
      Gate gate = continueGate;
      if (gate == null || sockets.receivedBytes() == 0) {
        return super.peek();
      }
      gate.pass();
      return new MockResponse.Builder().add100Continue().build();
    }
  }
}
