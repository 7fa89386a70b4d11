==> plan.gp
# Draws itself: gnuplot plan.gp
set terminal svg size 1180,368 dynamic enhanced font 'Helvetica,Arial,sans-serif,12' background rgb 'white'
set output 'plan.svg'
# set terminal pngcairo size 2360,736 enhanced font 'Helvetica,12' fontscale 1.5 linewidth 2 pointscale 2 background rgb 'white'
# set output 'plan.png'
# set terminal pdfcairo size 12.291666666666666in,3.8333333333333335in enhanced font 'Helvetica,9' linewidth 0.75 pointscale 0.75 background rgb 'white'
# set output 'plan.pdf'
# Plan by chinchilla
set encoding utf8
set multiplot

# panel 1
reset
set encoding utf8
set lmargin at screen 0.096; set rmargin at screen 0.31808; set bmargin at screen 0.14674; set tmargin at screen 0.89674
set border 3 lw 1 lc rgb '#4D4D4D'
set tics nomirror out scale 0.6,0.3 textcolor rgb '#333333'
set grid lw 0.6 lt 1 lc rgb '#E6E6E6'
set xrange [0:104]
set xtics ('0' 0, '50' 50, '100' 100)
set yrange [0.4:5.6]
set ytics ('time' 5, 'unique tokens' 4, 'compute' 3, 'money' 2, 'memory per GPU' 1)
unset colorbox
# names of the axes
set label 'used of each limit (%)' at screen 0.20704, screen 0.038043 center noenhanced
unset key
# legend
set object rectangle from screen 0.054237, screen 0.94293 to screen 0.074576, screen 0.97011 front fs solid 0.75 noborder fc rgb '#D55E00'
set label 'binds' at screen 0.079661, screen 0.95652 left noenhanced font ',11' front
set object rectangle from screen 0.12047, screen 0.94293 to screen 0.14081, screen 0.97011 front fs solid 0.75 noborder fc rgb '#56B4E9'
set label 'does not bind' at screen 0.1459, screen 0.95652 left noenhanced font ',11' front
set arrow from screen 0.22176, screen 0.95652 to screen 0.2421, screen 0.95652 nohead front lw 1.4 dt 1 lc rgb '#000000'
set label '' at screen 0.23193, screen 0.95652 point pt 7 ps 0.7 lc rgb '#000000' front
set label 'what 10 % more buys, 95 % interval' at screen 0.24719, screen 0.95652 left noenhanced font ',11' front
set object rectangle from screen 0.42224, screen 0.94293 to screen 0.44258, screen 0.97011 front fs solid 0.75 noborder fc rgb '#009E73'
set label 'memory, term by term' at screen 0.44766, screen 0.95652 left noenhanced font ',11' front
set arrow from screen 0.56081, screen 0.95652 to screen 0.58115, screen 0.95652 nohead front lw 1.6 dt 2 lc rgb '#000000'
set label 'what a GPU has' at screen 0.58624, screen 0.95652 left noenhanced font ',11' front
plot 'plan-panel1_binding.dat' using (($1+$2)/2):(($3+$4)/2):1:2:3:4 with boxxyerror fs solid 0.75 noborder fc rgb '#D55E00' title 'binds', \
  'plan-panel1_slack.dat' using (($1+$2)/2):(($3+$4)/2):1:2:3:4 with boxxyerror fs solid 0.75 noborder fc rgb '#56B4E9' title 'does not bind', \
  'plan-panel1_percent.dat' using 1:2:3 with labels left offset 0.7,0 noenhanced font ',10' textcolor rgb '#000000' notitle

# panel 2
reset
set encoding utf8
set lmargin at screen 0.42933; set rmargin at screen 0.65141; set bmargin at screen 0.14674; set tmargin at screen 0.89674
set border 3 lw 1 lc rgb '#4D4D4D'
set tics nomirror out scale 0.6,0.3 textcolor rgb '#333333'
set grid lw 0.6 lt 1 lc rgb '#E6E6E6'
set xrange [0:5.205814854541234]
set xtics ('0' 0, '2' 2, '4' 4)
set yrange [0.4:5.6]
set ytics ('time' 5, 'unique tokens' 4, 'compute' 3, 'money' 2, 'memory per GPU' 1)
unset colorbox
# names of the axes
set label '10 % more lowers the loss by (thousandths of a nat)' at screen 0.54037, screen 0.038043 center noenhanced
unset key
plot 'plan-panel2_gains.dat' using (($1+$2)/2):(($3+$4)/2):1:2:3:4 with boxxyerror fs solid 0.75 noborder fc rgb '#BDBDBD' notitle, \
  'plan-panel2_intervals.dat' using 1:2:3:4 with xerrorbars pt 7 ps 0.7 lw 1.4 lc rgb '#000000' title 'what 10 % more buys, 95 % interval'

# panel 3
reset
set encoding utf8
set lmargin at screen 0.76734; set rmargin at screen 0.98475; set bmargin at screen 0.14674; set tmargin at screen 0.89674
set border 3 lw 1 lc rgb '#4D4D4D'
set tics nomirror out scale 0.6,0.3 textcolor rgb '#333333'
set grid lw 0.6 lt 1 lc rgb '#E6E6E6'
set xrange [0:84.80000000000001]
set xtics ('0' 0, '20' 20, '40' 40, '60' 60, '80' 80)
set yrange [0.4:6.6]
set ytics ('weights' 6, 'gradients' 5, 'optimizer states' 4, 'activations' 3, 'buffers' 2, 'overhead, at most' 1)
unset colorbox
# names of the axes
set label 'memory of a GPU (GB)' at screen 0.87605, screen 0.038043 center noenhanced
unset key
plot 'plan-panel3_memory.dat' using (($1+$2)/2):(($3+$4)/2):1:2:3:4 with boxxyerror fs solid 0.75 noborder fc rgb '#009E73' title 'memory, term by term', \
  'plan-panel3_limit.dat' using 1:2 with lines lw 1.6 dt 2 lc rgb '#000000' title 'what a GPU has'

unset multiplot
==> plan-panel1_binding.dat
# from used_percent bottom top
0 100 4.68 5.32
0 100 3.68 4.32
==> plan-panel1_percent.dat
# x y used
0 5 "100 % of 2 days"
0 4 "100 % of 25B tokens"
0 3 "62.6 % of 1e22 FLOP"
0 2 "97.6 % of 9k dollars"
0 1 "47.2 % of 80 GB"
==> plan-panel1_slack.dat
# from used_percent bottom top
0 62.58594082424437 2.68 3.32
0 97.60812734989669 1.68 2.32
0 47.18244521204395 0.6799999999999999 1.32
==> plan-panel2_gains.dat
# from gain bottom top
0 3.6085233503797554 4.68 5.32
0 3.513241226551056 3.68 4.32
0 0 2.68 3.32
0 0 1.68 2.32
0 0 0.6799999999999999 1.32
==> plan-panel2_intervals.dat
# gain y gain_lower gain_upper
3.6085233503797554 5 1.035490123370764 4.9111460891898435
3.513241226551056 4 3.257623931965159 3.7500185302807965
0 3 0 0
0 2 0 0.4601077437256018
0 1 0 0
==> plan-panel3_limit.dat
# GB y
80 0.4
80 6.6
==> plan-panel3_memory.dat
# from_GB to_GB bottom top
0 9.406813612122178 5.68 6.32
9.406813612122178 18.813627224244357 4.68 5.32
18.813627224244357 19.695516000380813 3.68 4.32
19.695516000380813 33.745956169635164 2.68 3.32
33.745956169635164 34.745956169635164 1.68 2.32
34.745956169635164 37.745956169635164 0.6799999999999999 1.32
