package dev.evenkeel.it.jdkhttpclient;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** An application's client, which runs code of its own and hands the call on. Thread-safe. */
final class WrappedClient extends HttpClient {
  private final HttpClient wrapped;
  private final Runnable wrapper;

  /**
   * A client around another.
   *
   * @param wrapper run for each call
   */
  WrappedClient(HttpClient wrapped, Runnable wrapper) {
    this.wrapped = wrapped;
    this.wrapper = wrapper;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    wrapper.run();
    return wrapped.send(request, handler);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    wrapper.run();
    return wrapped.sendAsync(request, handler);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushed) {
    wrapper.run();
    return wrapped.sendAsync(request, handler, pushed);
  }

  @Override
  public WebSocket.Builder newWebSocketBuilder() {
    return wrapped.newWebSocketBuilder();
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return wrapped.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return wrapped.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return wrapped.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return wrapped.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return wrapped.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return wrapped.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return wrapped.authenticator();
  }

  @Override
  public Version version() {
    return wrapped.version();
  }

  @Override
  public Optional<Executor> executor() {
    return wrapped.executor();
  }
}
