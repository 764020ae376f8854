package dev.evenkeel.it.okhttp;

import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * An application's client, which runs code of its own and hands the call on. Up to 3.14 a subclass
 * can only begin with the defaults, so it is one around another. Thread-safe.
 */
final class WrappedClient extends OkHttpClient {
  private final OkHttpClient wrapped;
  private final Runnable wrapper;

  /**
   * A client around another.
   *
   * @param wrapper run for each call
   */
  WrappedClient(OkHttpClient wrapped, Runnable wrapper) {
    this.wrapped = wrapped;
    this.wrapper = wrapper;
  }

  @Override
  public Call newCall(Request request) {
    wrapper.run();
    return wrapped.newCall(request);
  }
}
