/**
 * Words that people make passwords of, gathered by hand: first names, teams, bands, cars, places, animals, endearments and
 * insults, in the languages whose lists of leaked passwords are known best. What people do to them (a capital, digits
 * behind, 0 for o, the word twice) is not listed but known by rule: see common-passwords.ts.
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `
  aardvark abcdef abcdefg abracadabra absolut acapulco access accord account accounting acdc acer achilles acmilan
  acura adidas admin administrator aerosmith aezakmi africa african agent aikido airborne airbus airforce airplane
  ajax alabama aladdin alan alaska albert alberto alejandra alejandro aleksandr aleksandra alena alex alexa alexalex
  alexande alexander alexandr alexandra alexandre alexandria alexey alexia alexis alfaromeo alfred alfredo alice
  alicia aliens alina alisha alison allah allen alliance alligator allison aloha alone alpha alphabet always alyssa
  amanda amazing amazon amber amelia amen america american americas amor amore amoremio amsterdam anaconda anakin
  analsex anarchy anastasia andersen anderson andre andrea andreas andrei andres andrew andrey android andy angel
  angela angelface angelica angelika angelina angelo angels angie animal animals anita anna annabelle anne annette
  annie anthony antoine anton antonia antonio anubis anyone anything apache apollo apple applepie apples apricot april
  aquaman aquarius aragorn argentina ariana arianna ariel aries aristotle arizona arkansas armando armani armstrong
  army arnold arschloch arsehole arsenal artem artemis arthur arthurian asdf asdfg asdfgh asdzxc ashley ashton asia
  asian assassin assfuck asshole assholes assman asterix astrid astros asus athena athens athletics atlanta atlantis
  atomic aubrey audi audrey august auntie austin austins australia australian autumn avalanche avalon avenger avengers
  aviator avocado awesome azerty azertyuiop babes baby babyblue babyboy babydoll babygirl babylon bacardi bach bacon
  badass badboy badboys badger badgers badgirl baggins bailey baker baltimore bambi bamboo banana bananas bandit
  bandits bangkok bangladesh banker barbados barbara barbie barcelona barney barry bart baseball basketba basketball
  bass bassman bastard batista batman baxter bayern beach beagle bear bearbear bears beatles beatrice beatriz
  beautiful beautifulday beauty beaver beckham becky beer beethoven beetle beetles beijing belgium believe belinda
  bella benfica bengals benjamin bennett bentley berlin bernard bernardo bernie bertha besiktas bestfriend bestfriends
  beth bethany betty beverly beyonce bianca bible bigbear bigbird bigboobs bigboy bigcock bigdaddy bigdick bigdicks
  bigdog bigfoot biggie bigguy bigmac bigman bigmoney bigone bigpenis bigred bigtime bigtits biker bilbo bill billion
  billy billybob billyboy bird birdie birdman birthday biscuit bismillah bitch bitches biteme blabla black blackberry
  blackbird blackcat blackdog blackhawks blackie blackjack blackman blackops blackrose blacks blacksabbath blacky
  blahblah blake blaster blessed blessing blinkone blizzard blonde blondes blondie blowjob blowme blue blueberry
  bluebird blueblue bluedog blueeyes bluemoon blues bluesky blume blyat bmwbmw boba bobafett bobbie bobbob bobby
  bobcat bobmarley boeing bollocks bomber bond bondage bonita bonjour bonjovi bonnie boobies booboo boobs booger
  boogie boomer booty borg borussia boss bossman boston bowling boxing boyfriend boys brad bradley brainiac brandi
  brandon brandons brandy brasil braveheart braves bravo brazil breanna brenda brendan brent brett brewers brian
  briana brianna bridget brilliant britain britany british britney britneyspears brittany brittney broncos brooke
  brooklyn brooks brother brothers brown brownie browns bruce brucelee bruin bruins brunette bruno brutus bryan bryant
  bubba bubbas bubble bubbles buckeye buckeyes buddha buddies buddy buddyboy budlight budweiser buffalo bugger
  bugsbunny builder bull bulldog bulldogs bullet bullets bulls bullshit bunny buongiorno burger burning business
  buster butcher butter butterfinger butterfly butters buttons byteme cactus cadillac caitlin california callaway
  callofduty calvin camaro camel camelot cameron camila camille canada canadian canadiens cancun candy candyman
  cannabis canucks canyon cappuccino capricorn captain captainamerica captainmorgan captains caramel cardinal
  cardinals carl carla carlo carlos carlsberg carmen carol carolin carolina caroline carolyn carpenter carrie carrot
  cartel carter cartman cartoon casey cash cassandra cassidy cassie catalina catdog caterpillar catfish catherine
  cathy cats catwoman cazzo cdtnkfyf cecilia celeste celine celtic celtics cenacena central chad challenge challenger
  champagne champion champions championship chance chandler chanel changeme chaos charger chargers charity charizard
  charlene charles charley charlie charlotte charlton chase cheese cheeseburger cheesecake cheetah chelsea chelsey
  cherokee cherokees cherry cheryl chester chevelle chevrolet chevy chewbacca chewie chicago chicco chicken chickens
  chiefs child children chile china chinese chipper chippy chips chiquita chivas chloe chocolate chopin chouchou chris
  chrissy christ christa christian christie christina christine christmas christop christoph christopher christy
  chrome chuck church churchill ciaociao cigars cinderella cindy cinnamon cisco citroen civic cjkysirj cjkywt claire
  clara clarence clarinet clarissa claude claudia clayton cleopatra cleveland clever clifford clinton clitoris clover
  cobra cocacola cocaine cockroach cocksucker coconut cody coffee coke coldplay cole colleen college collins colombia
  colonel colorado colts columbia comet commando company compaq computer computers conner connie connor conqueror
  content contrasena cookie cookies cool coolbeans coolcat cooldude cooler coolgirl coolguy coolio coolman coolness
  cooper copper corazon corey corona corvette cosmo cosmos cougar counterstrike courage courtney cousin cowboy cowboys
  cowgirl coyote craig crawford crazy crazybab crazyboy crazycat crazygirl crazyhorse creampie creative cricket
  crimson cristiano cristina crocodile crusader crusher crystal crystals cthutq cuba cubs cuddle cuddles cumshot cunts
  cupcake curly curtis cutie cutiepie cyber cyberpunk cyclone cyclones cynthia daddy daddys daisy daisydog dakota
  dallas dance dancer dancing danger dangerous daniel daniela daniele danielle daniil danila danny dannyboy daredevil
  dark darkangel darklord darkness darkside darren darthvader darwin daughter dave david davids davidson davinci davis
  dawson dbrnjhbz deadhead deadly deadman deadpool dean deanna death deathstar debbie deborah december deepthroat
  default defender defiant deftones dell delta demo democracy demon demons denis denise denmark dennis denver depeche
  depechemode derek derrick desert desertrose desire deskjet desktop destinee destiny destinys destroyer destruction
  detective detroit deutschland developer devil devildog devils dexter diablo diamond diamonds diana diane dianne
  diego diesel dietcoke digimon digital dildo dillon dimitri dinamo dingdong dinosaur director discovery disney dmitry
  doberman doctor dodge dodgeram dodgers doggie doggy dogs dollar dollars dolphin dolphins dominator dominic dominik
  dominique donald donaldduck donkey donna donnie donuts doodle doodoo dorothy dortmund doudou doug doughnut douglas
  downtown dracula dragon dragonball dragonballz dragons drdre dream dreamer dreams driver drowssap drpepper drugs
  drummer drums ducati duck dumbass dumbledore dumbo dumdum duncan dustin dvorak dylan dynamite eagle eagles earth
  earthquake easter eastern eastside eatme eatmypussy eatshit eclipse eden edison egypt eight einstein einsteins
  elaine eleanor electric electrician electro electron electronic elena elephant eleven elias elijah elisabeth elise
  elizabeth ella ellen elliot elliott elmo elvis elvispresley emerald emilia emilio emily eminem emma emmanuel empire
  endeavour energy engage engineer england english enigma enrique enter enterpri enterprise eric erica ericsson erik
  erika ernest ernesto erotic erotica espana espresso esteban esther estrella eternal eternity ethan eugene europa
  europe evan evelyn everton everybody everyone evil excalibur excellent explorer explosive extreme fabian fabio
  facebook faggot faith falcon falcons family familyguy fanta fantastic fantasy farewell farmer fatass fatboy fatcat
  father fathers fatman february federer felicia felipe felix fender fenerbahce fernanda fernando ferrari ferret
  fetish feyenoord fiat ficken fiftycent fighter finance finland fiona fire fireball firebird firefighter firefly
  firefox fireman firestorm firewall first fisher fisherman fishing fitness five fktrcfylh fktrcfylhf fktrctq flame
  flames flash florence florian florida flower flowers fluffy flyers focus football footjob footlong footloose ford
  fordf forest foreve forever foreverlove forget forgot forgotten formula fortnite fortuna fortune forzamilan four
  foxtrot france frances francesca francesco francis francisco franco francois frank frankenstein frankfurt frankie
  franklin fred freddie freddy frederic frederick fredfred freedom freeporn french friday friend friends friendship
  frodo fucker fuckers fuckface fuckfuck fuckher fucking fuckinside fuckit fuckme fuckoff fuckthis fuckyou fuckyouall
  fuckyoubitch function funny fussball fuzzy fyfcnfcbz fylhtq gabriel gabriela gabriele gabrielle galatasaray galaxy
  galileo galina game gameboy gamecock gamecube gamer gamers games gaming gamma gandalf ganesha gangbang gangsta
  gangster ganja gardener garfield garlic gary gateway gator gators gavin geheim gemini general genius gentleman
  geoffrey george georgia georgina gerald gerard german germany geronimo getmoney gfhjkm ghbdtn ghbdtnbr ghjcnj ghost
  ghostrider giants gibson giggles gilbert gillian gina ginger giovanna giovanni giraffe girl girlfriend girls
  giuseppe gizmo gladiator glitter global gloria glory gmail godbless godfather godzilla goku gold goldberg golden
  goldeneye goldfish goldie golf golfball golfer golfing goober goodboy goodbye goodday goodgirl goodlife goodluck
  goodman goodtimes goofy google goose gordon gorgeous gorilla gospel grace gracie graham grandma grandpa granny grant
  great greece green greenbay greenday greens greg gregory gretchen griffin grizzly gryffindor guard guardian gucci
  guest guillermo guinevere guinness guitar gunner gunners gunsnroses gustavo hacker hackers hahaha hahahaha hailey
  halflife hallelujah hallo hallohallo halloween halo hamburg hamburger hamilton hamlet hamster handsome hannah
  hannahmontana hans hansolo happiness happy happyday hardcore hardon hardrock hardware hardyboyz harley
  harleydavidson harleys harmony harold harriet harris harrison harry harrypotter harvey hasepuh haslo hateyou havana
  hawaii hawaiian hawk hawkeye hawkeyes hayden hayley heat heather heaven heavenly heavymetal hector hedgehog hehehe
  heidi heineken helen helena helene helicopter hell hellfire hello hellokitty hellothere help helpme hendrix henry
  hentai herbert hercules herman hermes hermione hesoyam hewlett highland highlander highway hihihi hilary hiphop
  hippo hitler hjvfirf hobbit hockey hogwarts hola holiday holland hollywood holmes holyshit holyspirit home homer
  honda honey hongkong honor honour hoosiers hooters hope hornet hornets horny horse horses hotboy hotcat hotchick
  hotdog hotdogs hotgirl hotmail hotmama hotpink hotpussy hotrod hotsex hotshot hotstuff hottest hottie hotwheels
  hound house houston howard hugecock hugo hugs hulk human hummer hundred hunter hunting hurensohn hurricane husband
  huskers huskies hustler hyundai ibanez ibiza iceberg icecream icecube iceman ichliebedich idiot iforgot igor iguana
  ihateyou illinois illusion iloveher iloveit iloveme ilovesex iloveu iloveyo iloveyou imagination imagine immortal
  impala imperial impreza incredible india indian indiana indians indigo indonesia inferno infinite infinity ingrid
  insane inshallah inspiration inspiron instagram integra intel international internet iphone ireland irene irina iris
  irish ironfist ironmaiden ironman isaac isabel isabella isabelle isaiah island islands israel istanbul italia
  italian italy itsme ivan ivanov jack jackass jackdaniels jackie jackson jacob jacqueline jaguar jaguars jake jamaica
  james jamesbon jamesbond jameson jamie jane janet janice janine january japan japanese jared jasmin jasmine jasmines
  jason java javascript javier jayden jayhawk jayhawks jayjay jazmine jean jeanette jedi jeep jeff jefferson jeffrey
  jelly jellybean jenna jennie jennifer jenny jeremiah jeremy jerome jerry jersey jesse jessica jessie jesus
  jesuschrist jesussaves jetaime jill jillian jimbo jimbob jimihendrix jimmy joanna joanne jocelyn joejoe joel johanna
  johannes john johncena johndeere johnjohn johnny johnson joker jonas jonathan jonathon jonjon jordan jordana jorge
  jose joseph josephine josh joshua juan juanita judith judy julia julian juliana julie juliet juliette julius july
  june jungle jupiter justice justin justinbieber justine justme juventus kaitlyn kangaroo kansas karate karen karina
  karl karma karolina kate katelyn katerina katherine kathleen kathryn kathy katie katrin katrina kawasaki kayla keith
  kelley kelly kelsey kendall kennedy kennedys kenneth kenny kentucky kenwood kenworth kenya kermit kevin keyboard
  kids killbill killer killers kimberly king kingdom kirill kirsten kiss kisses kissme kissmyass kitkat kitten kittens
  kitty kittycat klingon knicks knight knights kobebryant konstantin korea korn koshka kotenok krishna kristen kristi
  kristin kristina kristine kristy kungfu kurwa kyle labrador lacoste lacrosse ladies lady ladybug lake lakers lalala
  lamborghini lance lancelot lancer laptop larisa larry lasvegas latitude laugh laughing laura lauren laurence laurent
  laurie lavender lawrence lawyer leah lebron ledzeppelin legacy legalize legend legendary legion legolas lemon lemons
  lenovo leonard leonardo leopard lesbian lesbians leslie lespaul letmein letmesee lewis lexmark lexus liam liberties
  liberty libra liebe lightning lillian lilman lily limpbizkit lincoln linda lindsay lindsey linkedin linkinpark linux
  lion lionking lisa lisboa littleman littleone liverpoo liverpool liza lizard lobster logan login logitech lois
  lokomotiv lolipop lollipop lollol lolololol london lonely lonestar lonewolf longhorn longhorns looneytunes looser
  lorenzo lori lorraine losangeles losenord loser losers lotus louis louise louisiana loulou love lovebird lovebug
  lovechild lovehate loveit loveless lovelife lovelove lovely loveme lovemom lover loverboy lovergirl lovers lovestory
  loveu loveyou loving lubov lucas lucia lucifer lucifera lucky luckycharm luckydog luckyone lucy luigi luis luke
  lukeskywalker lydia lynn lyubov macintosh mackenzie maddie madeline madison madman madness madonna madrid mafia
  maggie magic magical magician magicjohnson magicman magnetic magnificent magnolia maiden mailcreated major makaveli
  makayla makemoney maksim malaysia malcolm malibu malibur malibus mama mamapapa manager manchester mandy mango
  manhattan maniac manson manuel manuela manunited manutd mapleleafs maradona marathon marc march marco marcos marcus
  margaret margarita maria mariah marian marianne marie marijuana marilyn marilynmanson marina marine mariners marines
  mario marion mariposa marisa marissa mark market marketing markus marlboro marley mars marseille marshmallow martha
  martin martina martinez martini marvin mary maryland maserati mason master mathew matrix matt matthew matthias
  maureen maurice mausi maverick maxell maxie maxim maximilian maximum maximus maxine maxwell mazda mckenzie meatball
  meatloaf mechanic medusa megadeth megan megapass meghan melanie melbourne melinda melissa melodies melody melvin
  memorex memphis mental mercedes mercedez mercury merde meredith merlin merlins mermaid messi metal metallic metallica meteor
  mets mexican mexico miami miamor michael michaela michaeljackson michaeljordan michal micheal michelangelo michele
  michelle michelles michigan mickey mickeymouse microsoft middleearth mierda miguel mike mikey milan milana milano
  milena miles military miller million millionaire milton mindy minecraft minnesota minnie miranda miriam mississippi
  mitchell mitsubishi mittens mobile mohammed mohawk mollie molly mommy monalisa monday money moneyman moneypenny
  moneys mongoose monica monika monique monitor monkey monkeys monster montana montreal moon moonbeam moonchild
  moondog moonlight moose morgan moron morpheus morris morrison moscow moskva mosquito motdepass motdepasse mother
  motherfucker mothers motocross motorcycle motorhead motorola motorway mountain mountaindew mountains mouse mozart
  muenchen muffin muhammad multiple mumbai munich murder murderer murphy murray music musica musicman mustang mustangs
  mybaby mycat mydog myfamily mygirl mykids mylife mylove mypass mypassword myself myspace mysql mystery mystic
  mystique nadal napoleon naruto nascar nashville natalia natalie natasha nathalie nathan nathaniel national navigator
  navy navyseal nebraska nebula nelson nemo neptune netscape netscapes network nevada nevermind newbie newcastle
  newjersey newlife newman newpass newpassword newport newstart newton newyork newyorkcity neymar nfnmzyf nicholas
  nichole nick nicola nicolas nicole nicoleta nicolette nigeria niggas nigger niggers nike nikes nikita nikki nikola
  nikolai nikolas nina niners ninja ninjas nintendo nipples nirvana nissan noah nobody nofear nokia nolimit nomore
  none nonono noodle noodles nopass norman northern northside norway nothing notorious november nuclear nudist number
  numbero numberone nurse nutella nuttertools oakland oasis obelix obiwan oblivion ocean october odyssey office ohio
  oicu oilers oklahoma oksana olga oliver olivia olivier olympia olympus omega onelove onepiece onion online onlyme
  opel opensesame openup opera oracle orange oranges orchid oregon oreo orgasm orioles orion orlando oscar osiris
  otter outlaw overlord owen pablo packard packardbell packers padres paige pain painkiller paintball painter pakistan
  pamela panasonic pancake pancakes panda pandora pantera panther panthers panties pantyhose papa paradis paradise
  paradox parents paris parker parola parrot pascal passat passion passkey passme passpass passw passwd password
  passwords passwort pasta patches patricia patricio patrick patriots patty paul paula paulina pauline paulo pavel
  pavilion payton peace peaceful peach peaches peacock peanut peanutbutter peanuts pearl pedro peewee pegasus pele
  penelope penguin penguins penis penny pentium people pepper peppers pepsi pepsicola perfect perry person peru
  pervert peter peterbilt peterpan peters peterson petra peugeot peyton phantom pharaoh phenomenon philadelphia philip
  philippe philippines philips phillies phillip phillips phoebe phoenix phone piano pianoman picard picasso pickle
  pickles pierre pikachu pilot pimp pimpin pineappl pineapple pingpong pink pinkfloyd pirate pirates pisces pistol
  pistons pitbull pittsburgh pizza planet platinum playboy player players playstation playtime please pleasure plumber
  pluto pluton poison pokemon poland polaris police policeman polina polska pontiac pony poodle pooh poohbear pookie
  poopie poopoo pooppoop popcorn popeye porkchop porno pornstar porsche portland porto portugal poseidon potato potter
  power powerful powers prada praise prayer precious predator prelude presario president presley preston pretty prince
  princesa princesita princess printer prinz prinzessin priscilla private privet problem professor programmer protect
  protected psycho puma pumpkin punisher punkrock puppies puppy pupsik purple pussy pussycat puta putain pyramid
  python qazwsx qazxsw queen quentin qwaszx qweasd qwert qwerty qwertyu qwertyui qwertz rabbit rabota racecar racer
  rachael rachel racing racingcar radioactive radiohead rafael raiders railroad rain rainbow rainbows raining ralph
  rambo rammstein ramona randall randy ranger rangerrover rangers raptor rascal raspberry raven ravens raymond
  realmadrid rebecca rebel rebels redalert redbone redbull reddog redhead redheads redhot redman redneck redrose
  redrum redskins redsox redwings reebok reefer reggie regina remember renault renee renegade republic research retard
  revenge revolution reymysterio rfnthbyf rfrfirf rhbcnbyf rhino rhythm ricardo rich richard richards richie richmond
  rick ricky rihanna rita river rivers robbie robert roberta roberto roberts robin robinson roblox robot rock rocker
  rocket rocketman rockets rocknroll rocko rockstar rocky rodney rodriguez roger rogers roland rollingstones
  rollsroyce rolltide roma roman romance romantic rome romeo romulan ronald ronaldinho ronaldo ronnie rooster root
  rose rosebud rosebuds rosemarie rosemary roses rosie ross rottweiler roxana roxanne roxy ruben ruby rugby runner
  running rupert ruslan russell russia russian russland rusty ryan sabbath sabina sabrina sacramento sadie safari
  safety sagittarius sailor sailormoon saints sakura salasana sales salmon salt salvador samantha samara sample samson
  samsung samuel samurai sandiego sandra sandro sandwich sandy sanfrancisco santiago sapphire sara sarah sasha sassy
  sasuke satan saturday saturn sauron sausage savannah savior saviour saxophone scanner scarface scarlet scarlett
  schatz schatzi scheisse school schumacher scooby scoobydoo scorpio scorpion scorpius scotland scott scottish scotty
  scruffy seahawks sean seat seattle sebastian second secret secretary secrets secure security sega selena seminole
  seminoles semperfi senha senna september serena serenity sergeant sergei sergey sergio sersolution server service
  services sesame seth seven seventeen sexsex sexsexsex sexual sexy sexygirl sexygurl shadow shadows shakespeare
  shakira shamrock shane shanghai shannon shark sharks sharon shaun shawn sheila shelby shelley shelly shemale
  shepherd sheriff sherlock sherman sherry shirley shithead shiva shogun shorty shotgun showtime shrek sidney siemens
  sierra sigma silly silver silverado silvia simba simon simona simone simpson simpsons singapore singer sirius sister
  sisters sithlord sixers skateboard skater skeleton skiing skinny skippy skittles skoda skull skyblue skydive
  skydiver skyhigh skylar skyler skyline skywalke skywalker slayer slipknot slytherin smackdown smallville smart smile
  smiles smiley smirnoff smokey snake snakes snickers sniper snoopdogg snoopy snow snowball snowbird snowboard
  snowboarding snowfall snowflake snowman snowwhite snuggles sobaka soccer socks socrates sofia softball software
  soldier soldiers soleil solnce somebody someone something sommer song sonia sonic sonne sonnenschein sony sonya
  sooners sophia sophie sorry southafrica southern southpark southside spaghetti spain sparkle sparkles sparky sparrow
  spartacus spartak spartan spartana spartans special speed speedway speedy spencer sphinx spideman spider spiderman
  spike spirit spiritual spitfire spock spongebob spooky spring springfield sprite spurs squirrel stacey stacy
  stallion stanislav stanley star starbuck starbucks starcraft stardust starfire starfish starfox stargate stargaze
  stargazer starlight starman stars starship startrek starwars station steel steelers stefan stefanie stefano stella
  stephan stephanie stephen steve steven stevens stevie stewart stingray stinky stockings stonecol stonecold storm
  stormtrooper stormy stratocaster strawberry streetfighter strength striker stripper strong stuart student stupid
  subaru success successful sucker suckit suckme suckmydick sugar suicide suka summer sunbeam sundance sunday sundown
  sunfire sunflower sunlight sunny sunnyday sunrise sunset sunshine superboy superdog superfly supergirl superior
  superman supermario supernova supersta superstar superuser support supreme surfer surfing susan susana susanne
  suzanne suzuki svetlana swallow sweden sweet sweetheart sweetie sweetpea sweets sweety swimmer swimming swinger
  swingers swordfish sydney sylvester sylvia symphony system tabitha taekwondo tallman tamara tammy tango tania tanya
  tara tarantula tarheels tatiana tatyana taurus taylor taylormade teacher teamo techno telefon telephone temp
  temporary tennessee tennis tequiero tequieromucho tequila teresa terminal terminator terry tesla test tester testing
  testtest texans texas thailand thanh thanks thankyou thehulk theodore theresa thinkpad third thirteen thisisme
  thomas thompson thor thousand three thuglife thunder thunderbird thunderbolt thursday tickle tiffany tiger tigers
  tigerwoods tigger timmy timothy tina tinker tinkerbell tintin titanic titanium titans titleist titties tobacco
  tobias toby todd together tokyo tolkien tomato tomcat tommy tommyboy tony tonya topdog tornado toronto toshiba
  tosser tottenham toxic toyota tracey tractor tracy trader trading train trains trance transam translator travis
  trevor trfnthbyf trigger trinidad trinity tristan triumph trojan trojans trombone trooper tropical trouble troubles
  truck trucker trucks truelove trumpet trustno trustnoone tsunami tucker tuesday tulip tupac turbo turkey turtle
  tweety twelve twenty twinkle twitter twix tyler typhoon tyrone tyson tysonmike ufkbyf ukraine ultimate uncle
  undertaker unicorn uniform unique united universe university unknown uranus user usuckballz utah utopia vacation
  vader vaffanculo vagina valentin valentina valentine valentino valeria valerie valley vampire vampires vancouver
  vanessa vanhalen vanilla vasilisa vegas vegeta vengeance venom venus vera verbatim vermont veronica veronika versace
  vespa vfhbyf vfvjxrf vicki victoire victor victoria victory vietnam viking vikings viktor viktoria vincent violet
  violeta violin viper vipers virgin virginia virgo vitalik vitaliy vivian vlad vladik vladimir vladislav vodka
  volcano voldemort volkswagen volley volleyball volunteers volvo voyager voyeur vulcan wachtwoord wales walrus walter
  wanda wanker warcraft warlord warren warrior warriors washington wasp wassup watchdog water waterfall watermelon
  waters watson wayne weasel webmaster website wednesday weed welcome welder wendy werewolf wesley western westham
  westside wetpussy whale whatever whatsapp whatsup whatthe whiskers whiskey whisky white whiterose whitesox whitney
  whoami whocares whore whynot wife wildcat wildcats wildfire will william williams willie willis willkommen willow
  wilson windows wine winner winnie winniethepooh winning winston winstons winter wisconsin wizard wizards wolf
  wolfgang wolfman wolfpack wolverin wolverine wolverines wolves woman wombat women wonderful wonderwoman wordpass
  world worldofwarcraft worldwide wrangler wrestlemania wrestler wrestling wsxedc wutang wutangclan wyoming xavier
  xbox xmen xray xtreme yahoo yamaha yankee yankees yellow yesenia yesyes yfcntymrf yfnfif yoda yolanda yomama yourmom
  youtube yoyo yoyoyo yulia yvette yvonne zachary zebra zelda zenit zeppelin zeus zidane ziggy zombie zombies zulu
  zvezda zxcv zxcvb zxcvbn
  `
    .trim()
    .split(/\s+/),
);
