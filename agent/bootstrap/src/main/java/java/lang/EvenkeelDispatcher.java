package java.lang;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The one class of evenkeel that instrumented code refers to. It is defined in {@code java.lang},
 * so that every class loader and every named module sees it, and it holds nothing but two doors to
 * the agent: {@link #bootstrap} links a call site of an advice, {@link #fault} takes what an advice
 * threw.
 *
 * <p>The agent fills {@link #linker} and {@link #faultSink} through a private look-up; until then,
 * and whenever linking fails, a call site does nothing for good. Thread-safe.
 */
public final class EvenkeelDispatcher {
  /** {@code (Lookup, String, MethodType, Object[]) -> CallSite}, or null; may answer null. */
  private static volatile MethodHandle linker;

  /** {@code (Throwable) -> void}, or null. */
  private static volatile MethodHandle faultSink;

  private EvenkeelDispatcher() {}

  /** The bootstrap method of every advice call site. Never throws. */
  public static CallSite bootstrap(
      MethodHandles.Lookup caller, String name, MethodType type, Object... arguments) {
    try {
      MethodHandle link = linker;
      if (link != null) {
        CallSite site = (CallSite) link.invokeExact(caller, name, type, arguments);
        if (site != null) {
          return site;
        }
      }
    } catch (Throwable fault) {
      fault(fault);
    }
    return new ConstantCallSite(MethodHandles.empty(type));
  }

  /** Takes what an advice threw, so that the application never sees it. Never throws. */
  public static void fault(Throwable fault) {
    try {
      MethodHandle sink = faultSink;
      if (sink != null) {
        sink.invokeExact(fault);
      }
    } catch (Throwable ignored) {
      // Nothing is left to tell it to.
    }
  }
}
