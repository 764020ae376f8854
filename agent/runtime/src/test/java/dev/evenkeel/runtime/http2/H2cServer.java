package dev.evenkeel.runtime.http2;

import io.grpc.netty.shaded.io.netty.bootstrap.ServerBootstrap;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.SimpleChannelInboundHandler;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2DataFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Frame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameStream;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2HeadersFrame;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** A complete server that speaks HTTP/2 without TLS, and nothing else. Thread-safe. */
public final class H2cServer implements AutoCloseable {
  /**
   * A request as it arrived.
   *
   * @param headers as {@code name: value}, pseudo headers included
   */
  public record Request(List<String> headers, String body) {
    /** The values of a header. */
    public List<String> header(String name) {
      return headers.stream()
          .filter(header -> header.startsWith(name + ": "))
          .map(header -> header.substring(name.length() + 2))
          .toList();
    }
  }

  /**
   * What is answered.
   *
   * @param headers name and value by turns
   */
  public record Answer(int status, String body, List<String> headers) {
    public static Answer of(int status, String body, String... headers) {
      return new Answer(status, body, List.of(headers));
    }
  }

  /** The requests in the order of their arrival. */
  public final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

  private final MultiThreadIoEventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel channel;
  private final Function<Request, Answer> script;

  public H2cServer(Function<Request, Answer> script) throws Exception {
    this.script = script;
    ChannelInitializer<Channel> initializer =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel connection) {
            connection
                .pipeline()
                .addLast(Http2FrameCodecBuilder.forServer().build(), new Connection());
          }
        };
    this.channel =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .childHandler(initializer)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
  }

  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  public String url() {
    return "h2c://127.0.0.1:" + port();
  }

  @Override
  public void close() {
    Future<?> unused = threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** Takes whole requests, one after the other. */
  private final class Connection extends SimpleChannelInboundHandler<Http2Frame> {
    private final StringBuilder body = new StringBuilder();
    private List<String> headers = List.of();

    @Override
    protected void channelRead0(ChannelHandlerContext context, Http2Frame frame) {
      if (frame instanceof Http2HeadersFrame head) {
        headers =
            StreamSupport.stream(head.headers().spliterator(), false)
                .map(header -> header.getKey() + ": " + header.getValue())
                .toList();
        answer(context, head.stream(), head.isEndStream());
      } else if (frame instanceof Http2DataFrame data) {
        body.append(data.content().toString(StandardCharsets.ISO_8859_1));
        int bytes = data.initialFlowControlledBytes();
        write(context, new DefaultHttp2WindowUpdateFrame(bytes).stream(data.stream()));
        answer(context, data.stream(), data.isEndStream());
      }
    }

    private void answer(ChannelHandlerContext context, Http2FrameStream stream, boolean isEnd) {
      if (!isEnd) {
        return;
      }
      Request request = new Request(headers, body.toString());
      requests.add(request);
      Answer answer = script.apply(request);
      Http2Headers head = new DefaultHttp2Headers().status(Integer.toString(answer.status()));
      for (int i = 0; i < answer.headers().size(); i += 2) {
        head.add(answer.headers().get(i), answer.headers().get(i + 1));
      }
      write(context, new DefaultHttp2HeadersFrame(head, answer.body().isEmpty()).stream(stream));
      if (!answer.body().isEmpty()) {
        byte[] content = answer.body().getBytes(StandardCharsets.ISO_8859_1);
        write(
            context,
            new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(content), true).stream(stream));
      }
    }

    private static void write(ChannelHandlerContext context, Http2Frame frame) {
      ChannelFuture unused = context.writeAndFlush(frame);
    }
  }
}
