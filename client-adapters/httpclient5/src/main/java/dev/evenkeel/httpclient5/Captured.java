package dev.evenkeel.httpclient5;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a callback of the minimal asynchronous client holds of the method that made it: the request,
 * which the client keeps nowhere else, and the context. The fields are the compiler's, so they are
 * told by their types. A callback without a request is one for an endpoint that the application
 * leases. Immutable.
 */
record Captured(HttpRequest request, HttpClientContext context) {
  private static final ClassValue<@Nullable Fields> FIELDS =
      new ClassValue<>() {
        @Override
        protected @Nullable Fields computeValue(Class<?> type) {
          VarHandle request = field(type, HttpRequest.class);
          VarHandle context = field(type, HttpClientContext.class);
          return request == null || context == null ? null : new Fields(request, context);
        }
      };

  /** Null if nothing is to be balanced. */
  static @Nullable Captured by(FutureCallback<?> callback) {
    Fields fields = FIELDS.get(callback.getClass());
    if (fields == null) {
      return null;
    }
    return new Captured(
        (HttpRequest) fields.request.get(callback),
        (HttpClientContext) fields.context.get(callback));
  }

  private static @Nullable VarHandle field(Class<?> type, Class<?> wanted) {
    try {
      for (Field field : type.getDeclaredFields()) {
        if (field.getType() == wanted) {
          return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
              .unreflectVarHandle(field);
        }
      }
    } catch (IllegalAccessException e) {
      Faults.report(e);
    }
    return null;
  }

  private record Fields(VarHandle request, VarHandle context) {}
}
