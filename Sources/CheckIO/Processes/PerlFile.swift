import Configuration
import System

/// How a file of Perl is run that `ldirectord` made a subroutine of its own of.
///
/// The arguments are both in `@_` and in `@ARGV`, `return` ends it well, and so does what does not end in `exit` or `die`.
/// Its first line is a comment but for the switches `-w`, `-I` and `-T`; that one warns only, since such a file was never
/// run with it.
enum PerlFile {
    static let perl = "/usr/bin/perl"

    /// The command that runs a file with arguments.
    static func command(_ file: String, _ arguments: [String]) -> ProgramCommand {
        ProgramCommand(program: perl, arguments: ["-e", launch, "--", program, file] + arguments)
    }

    /// Runs its first argument; so the rest can be run again with another switch.
    private static let launch = "eval $1 if $ARGV[0] =~ /(.*)/s; die $@ if $@"

    private static let program = #"""
        package Directrix;
        our ($launch, $code, $file, @words) = ('eval $1 if $ARGV[0] =~ /(.*)/s; die $@ if $@', @ARGV);
        our ($owner, $status, $text, $line, $sub, @ends) = ($$);
        # What the file calls exit ends here, whatever the modules that it uses do at their end.
        BEGIN { *CORE::GLOBAL::exit = sub { Directrix::leave(@_) } }
        sub leave {
            no warnings;
            my $result = @_ ? shift : 0;
            $status = $result == 0 ? 0 : $result == int $result && $result > 0 && $result < 256 ? $result : 255;
            CORE::exit($status);
        }
        sub fail { print STDERR @_; leave(255) }
        END { $? = $status if defined $status && $$ == $owner }
        open FILE, '<', $file or fail("$file: $!\n");
        fail("$file: it is a directory\n") if -d FILE;
        $text = join '', <FILE>;
        close FILE;
        $text =~ s/^\xef\xbb\xbf//;
        $line = $text =~ /^#!.*?perl\S*[ \t]+(-[^\r\n]*)/ ? $1 : '';
        if ($line =~ /(?:^|\s)-\w*[tT]/ && !${^TAINT}) {
            exec $^X, '-t', map("-I$_", grep length, split /:/, $ENV{PERL5LIB} || ''), '-e', $launch, '--', @ARGV;
            fail("$^X: $!\n");
        }
        $^W = 1 if $line =~ /(?:^|\s)-[a-zA-Z]*w/;
        unshift @INC, $1 while $line =~ /(?:^|\s)-I\s*(\S+)/g;
        $SIG{__WARN__} = sub { print STDERR @_ unless $_[0] =~ /^Insecure .* while running with -t switch/ } if ${^TAINT};
        $0 = $file;
        ($text) = $text =~ /(.*)/s;
        # What a file needs not import, since the director of old had it all.
        package main;
        {
            no warnings;
            for (
                ['Socket', qr/\b(?:inet_|(?:un)?pack_sockaddr|sockaddr_|[AP]F_|SO_|SOCK_|SOL_|INADDR_|IPPROTO_)/],
                ['Socket6 qw(getaddrinfo getnameinfo)', qr/\bget(?:addr|name)info\b/],
                ['Sys::Hostname', qr/\bhostname\b/],
                ['POSIX qw(setsid uname :sys_wait_h)', qr/\b(?:setsid|uname|WNOHANG|W[A-Z]+|POSIX::\w+)\b/],
                ['Sys::Syslog qw(:DEFAULT setlogsock)', qr/\b(?:syslog|openlog|setlogsock)\b/],
                ['Digest::MD5 qw(md5 md5_hex)', qr/\bmd5/],
                ['Getopt::Long', qr/\bGetOptions\b/],
                map [$_, qr/\b$_\b/], qw(LWP::UserAgent Net::HTTP URI IO::Socket IO::Socket::INET6 IO::Select Net::Ping),
                    qw(Net::SMTP Mail::Send)
            ) {
                my ($module, $use) = @$_;
                next unless $text =~ $use;
                eval "use $module";
            }
        }
        sub ld_log { print STDERR @_, "\n" }
        sub ld_debug { }
        # No variable of this text is in the sight of the file.
        sub Directrix::compile { use strict; eval $_[0] }
        package Directrix;
        {
            # An open block of documentation or a mark of the end would hide the last bracket.
            my $name = $file;
            $name =~ tr/"\n//d;
            @ends = ([$text, '']);
            push @ends, ["$text\n\n=cut\n", ''] if $text =~ /^=[a-zA-Z]/m;
            push @ends, [$1, $2] if $text =~ /\A(.*?^)__(?:END|DATA)__[ \t\r]*(?:\n(.*))?\z/ms;
            for (@ends) {
                if (length $_->[1]) { open main::DATA, '<', \$_->[1] }
                $sub = compile("sub { \@ARGV = \@_;\n#line 1 \"$name\"\n$_->[0]\n}");
                last if $sub || $@ !~ /Missing right curly/;
            }
        }
        $sub or fail($@);
        @ARGV = ();
        eval { $sub->(@words); 1 } or fail($@);
        leave(0);
        """#
}

extension ExternalCheck {
    /// The program to run, whose words are kept.
    var command: ProgramCommand {
        var command =
            switch kind {
            case .program: ProgramCommand(program: program, arguments: arguments)
            case .perlFile: PerlFile.command(program, arguments)
            }
        command.environment = environment
        command.output = ProgramCommand.firstLine
        command.account = user.map { ProgramCommand.Account(user: $0.id, group: $0.group) }
        return command
    }

    /// What a program said, without what shall not be seen.
    func withoutSecrets(_ words: String?) -> String? {
        guard let words, let secret, !secret.isEmpty else { return words }
        return words.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "***")
    }
}
