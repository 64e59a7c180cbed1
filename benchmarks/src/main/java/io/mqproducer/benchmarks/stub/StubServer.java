package io.mqproducer.benchmarks.stub;

import io.mqproducer.test.peer.codec.RouteJson;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A process that is name server and brokers at once, with one event loop, and stores nothing. It says where it listens
 * ({@code READY host:port ...}, the name server first, which is a broker as well), obeys lines on its input
 * ({@code shapes <producer group>}, {@code RECEIVED}, {@code quit}) and ends when there are no more.
 */
public final class StubServer {

    private static final String HOST = "127.0.0.1";
    private static final int QUEUES = 4;
    private static final String SHAPES = "shapes ";

    /** Asks how many bytes have come, and begins the answer. */
    public static final String RECEIVED = "RECEIVED ";

    private static final int RECEIVE_BUFFER = 1 << 17;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Shapes shapes = new Shapes();
    private volatile byte[] route = {};
    private long received; // bytes; the event loop's

    private StubServer() {}

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        StubServer server = new StubServer();
        try {
            System.out.println("READY " + String.join(" ", server.listen(brokers(args))));
            server.obey();
        } finally {
            server.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private static int brokers(String[] args) {
        if (args.length == 0) {
            return 1;
        }
        if (args.length == 2 && args[0].equals("--brokers")) {
            return Integer.parseInt(args[1]);
        }
        throw new IllegalArgumentException("only --brokers <number> is known, not " + String.join(" ", args));
    }

    /** Listens as that many brokers; their addresses. */
    private List<String> listen(int brokers) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, new PooledByteBufAllocator(true))
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BUFFER))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        int port = channel.localAddress().getPort();
                        channel.pipeline().addLast(new ByteCount(), new StubConnection(shapes, route, port));
                    }
                });
        List<String> addresses = new ArrayList<>();
        RouteJson claimed = RouteJson.empty();
        for (int i = 0; i < brokers; i++) {
            Channel channel = bootstrap
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .syncUninterruptibly()
                    .channel();
            String address = HOST + ":" + ((InetSocketAddress) channel.localAddress()).getPort();
            addresses.add(address);
            claimed = claimed.and("broker-" + i, address, QUEUES);
        }
        route = claimed.toString().getBytes(StandardCharsets.UTF_8);
        return addresses;
    }

    private void obey() throws IOException, InterruptedException, ExecutionException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = in.readLine()) != null && !line.equals("quit")) {
            if (line.startsWith(SHAPES)) {
                String group = line.substring(SHAPES.length());
                tell(loop.submit(() -> shapes.take(group)).get());
            } else if (line.equals(RECEIVED.strip())) {
                System.out.println(RECEIVED + loop.submit(() -> received).get());
            } else {
                System.err.println("neither \"shapes <producer group>\" nor \"RECEIVED\" nor \"quit\": " + line);
            }
        }
    }

    private static void tell(Set<String> lines) {
        System.out.println("SHAPES " + lines.size());
        lines.forEach(System.out::println);
        System.out.flush();
    }

    /** Counts what has come from all clients. */
    private final class ByteCount extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            received += ((ByteBuf) message).readableBytes();
            context.fireChannelRead(message);
        }
    }
}
