package dev.evenkeel.okhttp;

import java.io.IOException;
import okhttp3.Address;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * All that the adapter asks of the insides of OkHttp, which are not the same in its three families
 * of versions. What finds a call's connection is called its plan here, whatever its class. The
 * members that an implementation relies on stand in {@link OkHttpAdapter#families} too.
 * Thread-safe.
 */
interface Insides {
  /** The client that made a call. */
  OkHttpClient client(Call call);

  /** The plan by which a call finds its connection; there is one when it connects. */
  Object plan(Call call);

  /** What a plan leads to. */
  Address address(Object plan);

  /** Makes a call find its next connection by the URL of another request than the chain's. */
  void replan(Call call, Request request, Interceptor.Chain chain);

  /** True if OkHttp takes the logical URL for one that belongs on a plan's connections. */
  boolean isAccepted(Object plan, HttpUrl logical);

  /** The connection that a call still holds, and may keep after a look at its URL; null if none. */
  @Nullable Connection held(Call call);

  /** Where the connection of a codec leads to. */
  Route route(Object codec);

  /**
   * The failure that the application will see.
   *
   * @return null if what was thrown is no failure of input or output
   */
  @Nullable IOException failure(Throwable thrown);

  /** True if a call that failed had no connection yet, and so has sent nothing. */
  boolean isUnsent(Call call, Throwable thrown);

  /** True if a connection failed, and not an interceptor or the request's body. */
  boolean hasConnectionFailed(Call call);

  /** Takes from a call the exchange that will not be used, as OkHttp does before a follow-up. */
  void letGo(Call call);

  /** True if the plan has an address of its server left that it did not try. */
  boolean hasOtherAddress(Call call);
}
