package dev.evenkeel.benchmarks.pick;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * grpc-java's {@code StaticStrideScheduler}, which its weighted round robin picks with and which is
 * private to its package.
 *
 * <p>The handles are constants, so the compiler inlines a pick as it would an ordinary call.
 * Immutable.
 */
final class GrpcStride {
  private static final MethodHandle NEW;
  private static final MethodHandle PICK;

  static {
    try {
      Class<?> scheduler =
          Class.forName("io.grpc.xds.WeightedRoundRobinLoadBalancer$StaticStrideScheduler");
      MethodHandles.Lookup lookup =
          MethodHandles.privateLookupIn(scheduler, MethodHandles.lookup());
      MethodType constructor =
          MethodType.methodType(void.class, float[].class, AtomicInteger.class);
      NEW =
          lookup
              .findConstructor(scheduler, constructor)
              .asType(MethodType.methodType(Object.class, float[].class, AtomicInteger.class));
      PICK =
          lookup
              .findVirtual(scheduler, "pick", MethodType.methodType(int.class))
              .asType(MethodType.methodType(int.class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private GrpcStride() {}

  static Object scheduler(int[] weights) {
    float[] floats = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      floats[i] = weights[i];
    }
    try {
      return (Object) NEW.invokeExact(floats, new AtomicInteger());
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static int pick(Object scheduler) {
    try {
      return (int) PICK.invokeExact(scheduler);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
