# SPDX-License-Identifier: GPL-2.0-or-later
# Loads the reader of ldirectord itself, without its main part, and prints what it makes of files.
#
# usage: perl read.pl LDIRECTORD FILE
# FILE has several files with a line "%% NAME" before each; so has the answer, with "error TEXT" or a line for each
# service and server as ldirectord would hand it to ipvsadm.
use strict;
use warnings;
use File::Temp qw(tempfile);

my ($program, $table) = @ARGV;
my $source = do { local $/; open(my $in, '<', $program) or die "$program: $!"; <$in> };
$source =~ s/^unless\(defined\(\$ENV\{'PERLIO'\}\)\).*?^# functions\n/1;\n/ms or die "no main part in $program";
$source =~ s/^__END__.*//ms;
@ARGV = ();
{
	no strict;
	no warnings;
	# Names are known from here alone, and a file that cannot be used is one of many.
	eval $source . q{
		sub ld_exit { die "exit\n" }
		sub ld_log { }
		sub ld_openlog { 0 }
		sub ld_rm_file { }
		sub __config_log { my ($line, $prefix, $msg) = @_; $main::said = $msg if $prefix eq "Error"; }
		1;
	} or die $@;
}
our ($said, $CONFIG, @VIRTUAL, $HOSTNAME, $FALLBACK, $FALLBACK6, $DAEMON_STATUS, $QUIESCENT, $CHECKINTERVAL, $FAILURECOUNT);
$HOSTNAME = "director";
$DAEMON_STATUS = 1;

sub dump_one {
	my ($file) = @_;
	$said = undef;
	$CONFIG = $file;
	my @out;
	eval { read_config(); ld_setup(); 1 } or return "error " . ($said // $@);
	for my $v (@VIRTUAL) {
		my $persistent = defined $v->{persistent} ? " persistent $v->{persistent}" : "";
		$persistent .= " netmask $v->{netmask}" if defined $v->{persistent} and defined $v->{netmask};
		my $id = defined $v->{fwm} ? $v->{fwm} : "$v->{server}:$v->{port}";
		push @out, "service $id $v->{protocol} $v->{scheduler}" . (defined $v->{schedflags} ? " flags $v->{schedflags}" : "") . $persistent;
		push @out, "check $v->{checktype} $v->{service} request $v->{request} receive $v->{receive} timeouts $v->{checktimeout} $v->{negotiatetimeout}";
		push @out, "text $_ $v->{$_}" for grep { defined $v->{$_} and $v->{$_} ne "" } qw(checkcommand virtualhost login passwd database secret servicename comment);
		push @out, "fallback $v->{fallback}{server}" . (defined $v->{fallback}{port} ? ":$v->{fallback}{port}" : "") . " $v->{fallback}{forward}" if $v->{fallback};
		for my $r (@{$v->{real}}) {
			push @out, "real $r->{server}:$r->{port} $r->{forward} $r->{weight} l " . ($r->{'l-threshold'} // 0) . " u " . ($r->{'u-threshold'} // 0);
		}
	}
	return join("\n", @out);
}

no warnings;
open(my $in, '<', $table) or die "$table: $!";
my (%text, @names, $name);
while (<$in>) {
	if (/^%% (.*)/) { $name = $1; push @names, $name; $text{$name} = ""; next }
	$text{$name} .= $_;
}
for my $name (@names) {
	my ($handle, $file) = tempfile(UNLINK => 1);
	close $handle;
	open(my $out, '>', $file) or die $!;
	print $out $text{$name};
	close $out;
	my $answer = dump_one($file);
	$answer =~ s/\s+\z//;
	print "%% $name\n$answer\n";
	unlink $file;
}
