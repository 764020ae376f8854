package dev.evenkeel.scenarios.differential.subjects;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Writes down what OkHttp tells of a call. Thread-safe. */
final class OkHttpEvents extends EventListener {
  private final Seen seen;

  OkHttpEvents(Seen seen) {
    this.seen = seen;
  }

  private void add(String event) {
    seen.add("event " + event);
  }

  @Override
  public void callStart(Call call) {
    add("callStart " + call.request().url());
  }

  @Override
  public void proxySelectStart(Call call, HttpUrl url) {
    add("proxySelectStart " + url);
  }

  @Override
  public void proxySelectEnd(Call call, HttpUrl url, List<Proxy> proxies) {
    add("proxySelectEnd " + url + " " + proxies);
  }

  @Override
  public void dnsStart(Call call, String name) {
    add("dnsStart " + name);
  }

  @Override
  public void dnsEnd(Call call, String name, List<InetAddress> addresses) {
    add("dnsEnd " + name + " " + addresses.size());
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    add("connectStart " + address + " " + proxy);
  }

  @Override
  public void connectEnd(
      Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
    add("connectEnd " + address + " " + proxy + " " + protocol);
  }

  @Override
  public void connectFailed(
      Call call,
      InetSocketAddress address,
      Proxy proxy,
      @Nullable Protocol protocol,
      IOException failure) {
    add("connectFailed " + address + " " + failure);
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    add("connectionAcquired " + connection.protocol());
  }

  @Override
  public void connectionReleased(Call call, Connection connection) {
    add("connectionReleased " + connection.protocol());
  }

  @Override
  public void requestHeadersStart(Call call) {
    add("requestHeadersStart");
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    add("requestHeadersEnd " + request.url() + " " + request.headers());
  }

  @Override
  public void requestBodyStart(Call call) {
    add("requestBodyStart");
  }

  @Override
  public void requestBodyEnd(Call call, long count) {
    add("requestBodyEnd " + count);
  }

  @Override
  public void requestFailed(Call call, IOException failure) {
    add("requestFailed " + failure);
  }

  @Override
  public void responseHeadersStart(Call call) {
    add("responseHeadersStart");
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    add("responseHeadersEnd " + response.code() + " of " + response.request().url());
  }

  @Override
  public void responseBodyStart(Call call) {
    add("responseBodyStart");
  }

  @Override
  public void responseBodyEnd(Call call, long count) {
    add("responseBodyEnd " + count);
  }

  @Override
  public void responseFailed(Call call, IOException failure) {
    add("responseFailed " + failure);
  }

  @Override
  public void retryDecision(Call call, IOException failure, boolean isRetried) {
    add("retryDecision " + isRetried + " " + failure);
  }

  @Override
  public void followUpDecision(Call call, Response response, @Nullable Request next) {
    add("followUpDecision " + response.code() + " " + (next == null ? "none" : next.url()));
  }

  @Override
  public void cacheHit(Call call, Response response) {
    add("cacheHit " + response.request().url());
  }

  @Override
  public void cacheMiss(Call call) {
    add("cacheMiss");
  }

  @Override
  public void cacheConditionalHit(Call call, Response response) {
    add("cacheConditionalHit " + response.request().url());
  }

  @Override
  public void satisfactionFailure(Call call, Response response) {
    add("satisfactionFailure");
  }

  @Override
  public void callEnd(Call call) {
    add("callEnd");
  }

  @Override
  public void callFailed(Call call, IOException failure) {
    add("callFailed " + failure);
  }
}
