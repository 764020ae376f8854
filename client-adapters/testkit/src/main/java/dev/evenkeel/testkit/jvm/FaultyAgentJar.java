package dev.evenkeel.testkit.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Makes copies of the agent jar in which one method fails. Stateless. Thread-safe. */
public final class FaultyAgentJar {
  /** The message of the planted exception. */
  public static final String MESSAGE = "planted fault";

  private static final int API = Opcodes.ASM9;

  private FaultyAgentJar() {}

  /**
   * Copies an agent jar; in the copy every overload of a method throws a {@link RuntimeException}
   * instead of its work.
   *
   * @param className binary name of a nested class, in any of the jar's class folders
   * @throws IllegalArgumentException if the jar has no such class or the class no such method
   */
  public static void plant(Path agentJar, String className, String method, Path copy)
      throws IOException {
    String suffix = "/" + className.replace('.', '/') + ".classdata";
    boolean isPlanted = false;
    try (ZipFile jar = new ZipFile(agentJar.toFile());
        OutputStream file = Files.newOutputStream(copy);
        ZipOutputStream out = new ZipOutputStream(file)) {
      // It is read once or twice: to pack it takes longer.
      out.setLevel(Deflater.NO_COMPRESSION);
      for (ZipEntry entry : Collections.list(jar.entries())) {
        byte[] content = read(jar, entry);
        if (entry.getName().endsWith(suffix)) {
          content = withFault(content, method);
          isPlanted = true;
        }
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(content);
        out.closeEntry();
      }
    }
    if (!isPlanted) {
      throw new IllegalArgumentException("no " + suffix + " in " + agentJar);
    }
  }

  private static byte[] read(ZipFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static byte[] withFault(byte[] classFile, String method) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    ThrowingMethod thrower = new ThrowingMethod(writer, method);
    new ClassReader(classFile).accept(thrower, 0);
    if (!thrower.isFound) {
      throw new IllegalArgumentException("no method " + method);
    }
    return writer.toByteArray();
  }

  /** Replaces the code of one method. Not thread-safe; one per class file. */
  private static final class ThrowingMethod extends ClassVisitor {
    private final String method;
    private boolean isFound;

    ThrowingMethod(ClassVisitor next, String method) {
      super(API, next);
      this.method = method;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      if (!name.equals(method) || (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
        return next;
      }
      isFound = true;
      return new MethodVisitor(API) {
        // What Byte Buddy reads of an advice has to stay.
        @Override
        public AnnotationVisitor visitAnnotation(String type, boolean isVisible) {
          return next.visitAnnotation(type, isVisible);
        }

        @Override
        public void visitAnnotableParameterCount(int count, boolean isVisible) {
          next.visitAnnotableParameterCount(count, isVisible);
        }

        @Override
        public AnnotationVisitor visitParameterAnnotation(
            int parameter, String type, boolean isVisible) {
          return next.visitParameterAnnotation(parameter, type, isVisible);
        }

        @Override
        public void visitCode() {
          writeThrow(next);
        }
      };
    }

    private static void writeThrow(MethodVisitor code) {
      code.visitCode();
      code.visitTypeInsn(Opcodes.NEW, "java/lang/RuntimeException");
      code.visitInsn(Opcodes.DUP);
      code.visitLdcInsn(MESSAGE);
      code.visitMethodInsn(
          Opcodes.INVOKESPECIAL,
          "java/lang/RuntimeException",
          "<init>",
          "(Ljava/lang/String;)V",
          false);
      code.visitInsn(Opcodes.ATHROW);
      code.visitMaxs(0, 0);
      code.visitEnd();
    }
  }
}
