package dev.evenkeel.okhttp;

import java.io.IOException;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * What OkHttp 3 and 4 have in common: a connection that could not be made is told by an exception
 * of their own, which nothing else throws and which holds the one that the application will see.
 * Thread-safe.
 */
abstract class RoutedInsides implements Insides {
  private static final Class<?> ROUTE_EXCEPTION =
      InsideType.of("internal.connection.RouteException").type();

  @Override
  public final @Nullable IOException failure(Throwable thrown) {
    Throwable told = ROUTE_EXCEPTION.isInstance(thrown) ? thrown.getCause() : thrown;
    return told instanceof IOException failure ? failure : null;
  }

  @Override
  public final boolean isUnsent(Call call, Throwable thrown) {
    return ROUTE_EXCEPTION.isInstance(thrown);
  }
}
